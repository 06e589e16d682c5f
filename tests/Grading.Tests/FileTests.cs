namespace Grading.Tests;

/// <summary>What may come in place of a notebook, and whose it is.</summary>
public sealed class FileTests : IDisposable
{
    private readonly Classroom classroom = new();

    public void Dispose() => classroom.Dispose();

    [Theory]
    [InlineData("", "empty, expected a notebook")]
    [InlineData("{\"cells\": [", "not valid JSON")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{}", "nbformat: expected 4, found nothing")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":[[]]}", "cell 0")]
    [InlineData("\ud800", "not valid")]
    public async Task What_is_no_notebook_gets_nothing(string text, string told)
    {
        var graded = await GradeAsync(classroom.HandIn("kim/01-sums.ipynb", text));
        Assert.Equal("01-sums", graded.Lesson!.Name);
        Assert.Equal((0, 4), (graded.Points, graded.Of));
        Assert.All(graded.Marks, mark => Assert.Equal(GradeOutcome.Unreadable, mark.Outcome));
        Assert.Contains(told, Assert.Single(graded.Notes).En, StringComparison.Ordinal);
        Assert.DoesNotContain(classroom.Repository, graded.Notes[0].En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notebook_of_no_lesson_has_nothing_to_grade()
    {
        var other = Classroom.Notebook();
        foreach (var cell in other["cells"]!.AsArray())
            cell!["id"] = $"x{cell["id"]}";
        var graded = await GradeAsync(classroom.HandIn("kim/diary.ipynb", other.ToJsonString()));
        Assert.Null(graded.Lesson);
        Assert.Empty(graded.Marks);
    }

    [Fact]
    public async Task A_link_to_the_solutions_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        Directory.CreateDirectory(classroom["submissions/kim"]);
        var link = classroom["submissions/kim/01-sums.ipynb"];
        File.CreateSymbolicLink(link, classroom["notebooks/solutions/01-sums.ipynb"]);
        var graded = await GradeAsync(new("kim", link));
        Assert.Equal(0, graded.Points);
        Assert.Contains("a link", graded.Notes[0].En, StringComparison.Ordinal);
        Directory.CreateSymbolicLink(
            classroom["submissions/lee"],
            classroom["notebooks/solutions"]
        );
        Assert.Throws<FileNotFoundException>(() => Find("submissions"));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        var path = classroom.HandIn("kim/01-sums.ipynb", "").Path;
        using (var file = File.OpenWrite(path))
            file.SetLength(17 << 20);
        var graded = await GradeAsync(new("kim", path));
        Assert.Contains("expected at most", graded.Notes[0].En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learner_is_a_folder_or_a_file()
    {
        foreach (
            var path in new[]
            {
                "kim/01-sums.ipynb",
                "kim/.ipynb_checkpoints/01-sums.ipynb",
                "lee/week 1/01-sums (1).ipynb",
                "park-01-sums.ipynb",
                "01-sums_choi.ipynb",
                "정.ipynb",
                "__MACOSX/kim/01-sums.ipynb",
            }
        )
            classroom.HandIn(path, Classroom.Notebook());
        Assert.Equal(["choi", "kim", "lee", "park", "정"], Find("submissions"));
        Assert.Equal(["kim"], Find("submissions/kim"));
        Assert.Equal(
            ["kim", "lee"],
            Find("submissions/kim/01-sums.ipynb", "submissions/lee/week 1", "submissions/kim")
                .Select(name => name == "week 1" ? "lee" : name)
        );
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_named()
    {
        classroom.HandIn("kim/notes.txt", "");
        Assert.Equal("x.ipynb: no such file or folder", Refused("x.ipynb"));
        Assert.EndsWith(
            "notes.txt: expected a notebook (.ipynb) or a folder",
            Refused(classroom["submissions/kim/notes.txt"]),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "kim: no notebooks in it",
            Refused(classroom["submissions/kim"]),
            StringComparison.Ordinal
        );
    }

    private string Refused(string path) =>
        Assert
            .Throws<FileNotFoundException>(() =>
                new SubmissionFinder(classroom.Shelf()).Find([path])
            )
            .Message;

    private IEnumerable<string> Find(params string[] paths) =>
        new SubmissionFinder(classroom.Shelf())
            .Find(paths.Select(path => classroom[path]))
            .Select(submission => submission.Learner)
            .Order(StringComparer.Ordinal);

    // Nothing of it runs.
    private Task<GradedSubmission> GradeAsync(Submission submission)
    {
        var sandbox = new Sandbox(classroom.Repository, Isolation.None);
        var grader = new Grader(classroom.Shelf(), sandbox, Classroom.Limits);
        return grader.GradeAsync(grader.Read(submission), CancellationToken.None);
    }
}
