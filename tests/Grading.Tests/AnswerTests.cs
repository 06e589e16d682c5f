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

    [Fact]
    public async Task The_master_itself_gets_all_points()
    {
        var master = await File.ReadAllTextAsync(classroom["notebooks/solutions/01-sums.ipynb"]);
        var graded = await classroom.GradeAsync(
            (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(master)!
        );
        Assert.Equal(graded.Of, graded.Points);
    }

    [Fact]
    public async Task A_known_mistake_is_named_and_worth_its_credit_and_other_wrong_answers_are_shown()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("answer1", "double? answer1 = 84;"),
                ("answer2", "string answer2 = \"=sum\";"),
                ("answer3", "int[] answer3 = [1 2];")
            )
        );
        Assert.Equal(
            [GradeOutcome.KnownMistake, GradeOutcome.Wrong, GradeOutcome.Failed],
            graded.Marks.Select(mark => mark.Outcome)
        );
        Assert.Equal((1, 4), (graded.Points, graded.Of)); // half of the two points
        Assert.Equal("Doubled twice.", graded.Marks[0].Told!.En);
        Assert.Equal("=sum", graded.Marks[1].Answer);
        Assert.StartsWith(
            "CompilationErrorException: line 1, column 20:",
            graded.Marks[2].Told!.En,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_as_it_was_given_is_unanswered_and_what_is_gone_is_missing()
    {
        var notebook = Classroom.Notebook();
        notebook["cells"]!.AsArray().RemoveAt(5);
        var graded = await classroom.GradeAsync(notebook);
        Assert.Equal(
            [GradeOutcome.Unanswered, GradeOutcome.Missing, GradeOutcome.Unanswered],
            graded.Marks.Select(mark => mark.Outcome)
        );
        Assert.Equal((0, 4), (graded.Points, graded.Of));
        Assert.Equal("Exercises whose cell is missing: 01.2.", Assert.Single(graded.Notes).En);
    }

    [Fact]
    public async Task Hidden_exercises_look_behind_an_answer_and_replace_what_is_right()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("answer1", "double? answer1 = 42;\nint Half(int x) => x / 2;"),
                ("answer2", "string answer2 = \"max\";")
            ),
            """
            [
              {"id": "01.1-half", "after": "01.1", "expression": "Half(8)", "answer": 4, "points": 3},
              {"id": "01.1-third", "after": "01.1", "expression": "Third(9)", "answer": 3},
              {"id": "01.2", "answer": "max"}
            ]
            """
        );
        Assert.Equal(
            [
                "01.1 right 2",
                "01.1-half right 3",
                "01.1-third failed 0",
                "01.2 right 1",
                "01.3 unanswered 0",
            ],
            graded.Marks.Select(mark =>
                $"{mark.Exercise} {OutcomeName.Of(mark.Outcome).En} {mark.Points}"
            )
        );
    }

    [Theory]
    [InlineData("""[{"id": "01.9", "answer": 1}]""", "no lesson has the exercise '01.9'")]
    [InlineData(
        """[{"id": "x", "after": "01.1", "answer": 1}]""",
        "exercise 'x': after and expression come together"
    )]
    [InlineData("""[{"id": "01.1", "answer": 1}, {"id": "01.1", "answer": 2}]""", "is there twice")]
    [InlineData(
        """[{"id": "01.2", "after": "01.1", "expression": "1", "answer": 1}]""",
        "exercise '01.2' is one of"
    )]
    [InlineData("""[{"id": "01.1"}]""", "answer")]
    [InlineData("[", "hidden.json: ")]
    public void A_hidden_exercise_that_cannot_be_asked_is_refused(string hidden, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => classroom.Shelf(hidden));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
