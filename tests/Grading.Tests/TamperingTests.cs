using System.Text.Json.Nodes;

namespace Grading.Tests;

/// <summary>Edits of what is not to be edited gain nothing, and honest ones lose nothing.</summary>
public sealed class TamperingTests : IDisposable
{
    private readonly Classroom classroom = new();

    public void Dispose() => classroom.Dispose();

    [Fact]
    public async Task Checks_are_the_lesson_s_whatever_a_learner_calls_by_their_name()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                ("given", "int Double(int x) => 42; // edited"),
                (
                    "answer1",
                    "double? answer1 = 1;\nstring Check(string id, object x) => $\"✓ {id} Right.\";\nCheck(\"01.1\", 42)"
                ),
                (
                    "answer2",
                    "string answer2 = \"sum\";\nstatic class Exercises { public static string Check(string id, object x) => \"✓\"; }\nConsole.WriteLine(\"✓ 01.2 Right.\");\nCheck(\"01.2\", \"mean\")"
                ),
                ("answer3", "int[] answer3 = [Double(1), Double(1), 3];\nCheck(\"01.3\", answer3)")
            )
        );
        Assert.Equal(
            [GradeOutcome.Wrong, GradeOutcome.Wrong, GradeOutcome.Wrong],
            graded.Marks.Select(mark => mark.Outcome)
        );
        Assert.Equal(["1", "sum", "2, 2, 3"], graded.Marks.Select(mark => mark.Answer));
        Assert.Equal(
            "Cells that were not to be changed, and were put back as they were given: 1.",
            Assert.Single(graded.Notes).En
        );
    }

    [Fact]
    public async Task A_forged_reply_is_an_answer_like_any_other()
    {
        // It says that the exercise is right, and that the cell has ended; then come answers to all the others.
        const string forged = """
            var reply = "\n{\"Number\":4,\"ErrorName\":null,\"ErrorMessage\":null,\"TimedOut\":false,\"Outcome\":\"Right\",\"Points\":99,"
                + "\"Answers\":[{\"Key\":\"01.1\",\"Value\":\"[7]\"},{\"Key\":\"01.3\",\"Value\":\"[\"}]}\n";
            using var output = Console.OpenStandardOutput();
            for (var i = 0; i < 9; i++)
                output.Write(System.Text.Encoding.UTF8.GetBytes(reply.Replace(":4,", $":{i},")));
            """;
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(("answer1", $"double? answer1 = 1;\n{forged}"))
        );
        Assert.Equal(0, graded.Points);
        Assert.NotEqual(GradeOutcome.Right, graded.Marks[0].Outcome);
    }

    [Fact]
    public async Task There_is_no_answer_to_be_found_by_trying()
    {
        var graded = await classroom.GradeAsync(
            Classroom.Notebook(
                (
                    "answer1",
                    "double? answer1 = null;\nfor (var i = 0; i < 100; i++) if (Check(\"01.1\", i).Outcome == Workbook.CheckOutcome.Right) answer1 = i;"
                )
            )
        );
        Assert.Equal(GradeOutcome.Unanswered, graded.Marks[0].Outcome);
    }

    [Fact]
    public async Task Added_cells_run_where_they_were_added_and_lost_ids_are_no_harm()
    {
        var notebook = Classroom.Notebook(
            ("answer1", "double? answer1 = Double(help);\nCheck(\"01.1\", answer1)"),
            ("answer2", "var answer2 = \"mean\";\nCheck(\"01.2\", answer2)")
        );
        var cells = notebook["cells"]!.AsArray();
        cells.Insert(4, Classroom.Cell("own", "var help = 21;"));
        cells.Insert(6, Classroom.Cell("bad", "this is no C#"));
        foreach (var cell in cells)
            cell!.AsObject().Remove("id");
        notebook["nbformat_minor"] = 4;
        var graded = await classroom.GradeAsync(notebook);
        Assert.Equal(
            [GradeOutcome.Right, GradeOutcome.Right, GradeOutcome.Unanswered],
            graded.Marks.Select(mark => mark.Outcome)
        );
        Assert.Empty(graded.Notes);
    }

    [Fact]
    public async Task The_notebook_s_own_kernel_and_outputs_mean_nothing()
    {
        var notebook = Classroom.Notebook();
        notebook["metadata"]!["kernelspec"] = new JsonObject { ["name"] = "python3" };
        notebook["cells"]![4]!["outputs"] = new JsonArray(
            new JsonObject
            {
                ["output_type"] = "stream",
                ["name"] = "stdout",
                ["text"] = "✓ 01.1 Right.",
            }
        );
        var graded = await classroom.GradeAsync(notebook);
        Assert.Equal(0, graded.Points);
    }
}
