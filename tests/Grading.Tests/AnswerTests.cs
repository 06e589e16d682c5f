namespace Grading.Tests;

/// <summary>What learners answer, and what it is worth.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly Classroom classroom = new();

    public void Dispose() => classroom.Dispose();

    [Fact]
    public async Task Right_answers_get_all_points()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("answer1", "double? answer1 = Double(21);\nCheck(\"01.1\", answer1)"),
                (
                    "answer2",
                    "string answer2 = null;\nanswer2 = \" Mean\";\nCheck(\"01.2\", answer2)"
                ),
                ("answer3", "int[] answer3 = [1, 2, 3];\nCheck(\"01.3\", answer3)")
            )
        );
        Assert.Equal(
            [GradeOutcome.Right, GradeOutcome.Right, GradeOutcome.Right],
            graded.Marks.Select(mark => mark.Outcome)
        );
        Assert.Equal((4, 4), (graded.Points, graded.Of));
        Assert.Empty(graded.Notes);
        Assert.Equal("Twice 21.", graded.Marks[0].Told!.En);
        Assert.Equal("1, 2, 3", graded.Marks[2].Answer);
    }
}
