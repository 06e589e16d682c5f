using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>The learners' notebooks are their masters without the solutions; the masters' solutions are right.</summary>
public sealed class EditionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Solutions => Lessons.Solutions;

    public static TheoryData<string> KoreanSolutions => Lessons.KoreanSolutions;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Solutions))]
    [MemberData(nameof(KoreanSolutions))]
    public void The_learner_s_edition_is_that_of_its_master(string lesson)
    {
        var learners = lesson.Replace("solutions/", "", StringComparison.Ordinal);
        Assert.True(
            LearnersEdition.IsSame(
                LearnersEdition.Of(Lessons.Load(lesson), learners),
                Lessons.Load(learners)
            ),
            $"`dotnet workbook.cs editions` makes {learners} anew"
        );
    }

    [Theory]
    [MemberData(nameof(Solutions))]
    public async Task Every_exercise_is_unanswered_for_learners_and_right_in_the_master(
        string lesson
    )
    {
        string[] Checks(IEnumerable<string> texts) =>
            [.. texts.SelectMany(text => text.Split('\n')).Where(IsCheck)];

        var asked = Checks(Lessons.PlainTexts(Lessons.Load(Path.GetFileName(lesson))));
        Assert.NotEmpty(asked);
        Assert.All(asked, text => Assert.StartsWith("? ", text, StringComparison.Ordinal));

        var output = folder["executed.ipynb"];
        await using var runner = NotebookFile.Runner();
        Assert.True((await runner.RunAsync(Lessons.PathOf(lesson), output)).Succeeded);
        var answered = Checks(Lessons.PlainTexts(NotebookDocument.Load(output)));
        Assert.Equal(asked.Length, answered.Length);
        Assert.All(answered, text => Assert.StartsWith("✓ ", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\n// BEGIN SOLUTION\nb")]
    [InlineData("a\n// END SOLUTION\nb")]
    [InlineData("// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION\n// END SOLUTION")]
    public void A_solution_that_does_not_end_is_refused(string source)
    {
        var error = Assert.Throws<NotebookFormatException>(() =>
            LearnersEdition.Of(NotebookFile.Document(NotebookFile.Code(source)), "x.ipynb")
        );
        Assert.Contains("do not stand in pairs", error.Message, StringComparison.Ordinal);
    }

    private static bool IsCheck(string line) =>
        line.Length > 6
        && line[0] is ('?' or '✓' or '✗')
        && char.IsAsciiDigit(line[2])
        && line[4] == '.';
}
