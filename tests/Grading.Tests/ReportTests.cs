using System.Text.Json;

namespace Grading.Tests;

/// <summary>The files that grading leaves.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly Classroom classroom = new();

    public void Dispose() => classroom.Dispose();

    [Fact]
    public void The_table_is_safe_for_a_spreadsheet()
    {
        var files = Write(
            Graded("=HYPERLINK(\"x\")", Wrong("-0.5")),
            Graded("+kim", Wrong("a,\"b\"\nc")),
            Graded("@lee", Wrong("\t=1"))
        );
        var lines = File.ReadAllText(files.Csv).Split("\r\n");
        Assert.Equal(
            "learner,lesson,exercise,points,of,outcome,mistake,note,answer,notebook",
            lines[0]
        );
        Assert.Equal("\"'=HYPERLINK(\"\"x\"\")\",01-sums,01.1,0,2,wrong,,,'-0.5,x.ipynb", lines[1]);
        Assert.Equal("'+kim,01-sums,01.1,0,2,wrong,,,\"a,\"\"b\"\"\nc\",x.ipynb", lines[2]);
        Assert.Equal("'@lee,01-sums,01.1,0,2,wrong,,,\"'\t=1\",x.ipynb", lines[3]);
    }

    [Fact]
    public void Excel_is_told_that_names_are_UTF8() =>
        Assert.Equal<byte>(
            [0xEF, 0xBB, 0xBF],
            File.ReadAllBytes(Write(Graded("정", Wrong("1"))).Csv)[..3]
        );

    [Fact]
    public void The_mistakes_met_most_come_first_with_those_who_made_them()
    {
        var files = Write(
            Graded("kim", Known("21")),
            Graded("lee", Known("21.0001")),
            Graded("park", Known("84", "Doubled twice.")),
            Graded("choi", Wrong("7")),
            Graded("jung", Wrong("7")),
            Graded("yoon", Wrong("7")),
            Graded("han", Wrong("8"))
        );
        var json = JsonDocument.Parse(File.ReadAllText(files.Json)).RootElement;
        Assert.Equal("full", json.GetProperty("isolation").GetString());
        Assert.Equal(7, json.GetProperty("submissions").GetArrayLength());
        Assert.Equal(
            ["7 3 choi", "21 2 kim", "84 1 park"],
            json.GetProperty("misconceptions")
                .EnumerateArray()
                .Select(one =>
                    $"{one.GetProperty("answer")} {one.GetProperty("count")} {one.GetProperty("learners")[0]}"
                )
        );
        var page = File.ReadAllText(files.Page);
        Assert.Contains("Not doubled.", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"grades/kim.html\">kim</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">han, ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_holds_no_HTML_of_a_learner_s()
    {
        var files = Write(
            Graded("<script>alert(1)</script>", Wrong("<img src=x onerror=alert(1)>"))
        );
        var page = Assert.Single(Directory.GetFiles(files.Folder));
        foreach (var text in new[] { File.ReadAllText(page), File.ReadAllText(files.Page) })
        {
            Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", text, StringComparison.Ordinal);
        }
        Assert.Equal("_script_alert_1___script_.html", Path.GetFileName(page));
    }

    [Fact]
    public void Learners_of_like_names_have_pages_of_their_own()
    {
        var files = Write(
            Graded("a/b", Wrong("1")),
            Graded("a\\b", Wrong("1")),
            Graded("..", Wrong("1")),
            Graded("CON", Wrong("1")),
            Graded(new string('x', 300), Wrong("1"))
        );
        Assert.Equal(
            ["_CON.html", "__.html", "a_b (2).html", "a_b.html", $"{new string('x', 80)}.html"],
            Directory.GetFiles(files.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_page_is_in_the_lesson_s_language_and_shows_the_question_but_not_the_answer()
    {
        var shelf = classroom.Shelf();
        var files = Write([
            new(new("정", "x.ipynb"), shelf.Lessons[1], [Known("21")], []),
            Graded("kim", Known("21")),
        ]);
        var korean = File.ReadAllText(Path.Combine(files.Folder, "정.html"));
        Assert.Contains("<html lang=\"ko\">", korean, StringComparison.Ordinal);
        Assert.Contains("알려진 실수", korean, StringComparison.Ordinal);
        Assert.Contains("두 배로 하지 않았습니다.", korean, StringComparison.Ordinal);
        Assert.Contains("2점 가운데 0점", korean, StringComparison.Ordinal);
        Assert.Contains("두 배는?", korean, StringComparison.Ordinal);
        var english = File.ReadAllText(Path.Combine(files.Folder, "kim.html"));
        Assert.Contains("<html lang=\"en\">", english, StringComparison.Ordinal);
        Assert.Contains("Not doubled.", english, StringComparison.Ordinal);
        Assert.DoesNotContain("42", english, StringComparison.Ordinal);
    }

    private static Mark Wrong(string answer) => new("01.1", 0, 2, GradeOutcome.Wrong, null, answer);

    private static Mark Known(string answer, string told = "Not doubled.") =>
        new("01.1", 0, 2, GradeOutcome.KnownMistake, new(told, "두 배로 하지 않았습니다."), answer);

    private GradedSubmission Graded(string learner, params Mark[] marks) =>
        new(new(learner, "x.ipynb"), classroom.Shelf().Lessons[0], marks, []);

    private ReportFiles Write(params GradedSubmission[] submissions)
    {
        var files = new ReportFiles(classroom["grades.csv"]);
        files.Write(submissions, Isolation.Full);
        return files;
    }
}
