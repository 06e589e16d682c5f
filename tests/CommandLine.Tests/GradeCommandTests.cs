using System.Text.Json.Nodes;

namespace Workbook.CommandLine.Tests;

/// <summary>The command `grade` as a teacher calls it; what it makes of submissions is tested in Grading.Tests.</summary>
public sealed class GradeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Grade_writes_a_table_JSON_a_page_for_the_class_and_one_a_learner()
    {
        folder.Copy(Lesson("solutions/03-pooling.ipynb"), "in/kim/03-pooling.ipynb");
        folder.Write("in/lee/03-pooling.ipynb", Answered("1.875"));
        folder.Write("in/park/03-pooling.ipynb", "{");
        var result = Shell.Run($"grade {folder["in"]} --output {folder["marks.csv"]}");
        Assert.True(result.Code == 0, result.Error);
        Assert.Empty(result.Output);
        Assert.Equal(
            [
                "kim,03-pooling,03.1,1,1,right,",
                "kim,03-pooling,03.2,1,1,right,",
                "kim,03-pooling,03.3,1,1,right,",
                "lee,03-pooling,03.1,0,1,unanswered,",
                "lee,03-pooling,03.2,0,1,known mistake,\"You divided by the padded length 8, not by the mask's 5.\"",
                "lee,03-pooling,03.3,0,1,unanswered,",
                "park,03-pooling,03.1,0,1,unreadable,",
                "park,03-pooling,03.2,0,1,unreadable,",
                "park,03-pooling,03.3,0,1,unreadable,",
            ],
            File.ReadAllLines(folder["marks.csv"]).Skip(1).Select(FirstSeven)
        );
        Assert.Matches(@"\[1/3\] kim  03-pooling  3 of 3  03\.1 right", result.Error);
        Assert.Matches(@"03\.2: 1 x You divided", result.Error);
        var json = JsonNode.Parse(File.ReadAllText(folder["marks.json"]))!;
        Assert.Equal("03.2", (string?)json["misconceptions"]![0]!["exercise"]);
        Assert.True(File.Exists(folder["marks.html"]));
        Assert.Equal(
            ["kim.html", "lee.html", "park.html"],
            Directory
                .GetFiles(folder["marks"])
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_lesson_that_does_not_run_here_is_a_failure_of_the_work()
    {
        folder.Write("notebooks/exercises.json", """[{"id": "1.1", "answer": 1}]""");
        folder.Write(
            "notebooks/solutions/1.ipynb",
            Notebook(
                "throw new Exception(\"no model\");",
                "int? a = null;\n// BEGIN SOLUTION\na = 1;\n// END SOLUTION\nCheck(\"1.1\", a)"
            )
        );
        folder.Write("1.ipynb", Notebook("", "int? a = 1;"));
        var result = Shell.Run("grade 1.ipynb", folder: folder.Path);
        Assert.Equal(1, result.Code);
        Assert.Contains("1.1 not graded (c0: no model)", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grade", "Required argument 'SUBMISSIONS' missing")]
    [InlineData("grade nowhere.ipynb", "nowhere.ipynb: no such file or folder")]
    [InlineData("grade README.md", "README.md: expected a notebook (.ipynb) or a folder")]
    [InlineData("grade notebooks -o grades.txt", "grades.txt does not end in .csv or .json")]
    [InlineData("grade notebooks -o no/grades.csv", "there is no folder")]
    [InlineData("grade notebooks --hidden no.json", "--hidden: no.json: no such file")]
    [InlineData("grade notebooks --hidden global.json", "global.json: ")]
    [InlineData(
        "grade notebooks --memory 8",
        "--memory: expected a number of at least 256, found 8"
    )]
    [InlineData(
        "grade notebooks --timeout -1",
        "--timeout: expected a number of at least 1, found -1"
    )]
    public void What_cannot_be_used_is_one_line(string command, string message) =>
        Shell.Run(command).AssertRefused(2, message);

    [Fact]
    public void Files_that_cannot_be_written_are_told_before_the_work_and_not_after()
    {
        folder.Write("in/kim/03-pooling.ipynb", "{");
        Directory.CreateDirectory(folder["marks.json"]);
        Shell
            .Run($"grade {folder["in"]} --output {folder["marks.csv"]}")
            .AssertRefused(2, "--output: ");
    }

    [Fact]
    public void Elsewhere_than_in_the_workbook_s_folder_it_says_so() =>
        Shell
            .Run("grade x.ipynb", folder: folder.Path)
            .AssertRefused(2, "run this in the workbook's folder");

    private static string Lesson(string name) =>
        Path.Combine(Goldens.Repository, "notebooks", name);

    private static string Answered(string answer) =>
        File.ReadAllText(Lesson("03-pooling.ipynb"))
            .Replace(
                "double? answer2 = null;",
                $"double? answer2 = {answer};",
                StringComparison.Ordinal
            );

    // The seventh is the last that may be quoted here.
    private static string FirstSeven(string line)
    {
        var quoted = line.IndexOf('"', StringComparison.Ordinal);
        return line.Contains("known", StringComparison.Ordinal)
            ? line[..(line.IndexOf('"', quoted + 1) + 1)]
            : string.Join(',', line.Split(',')[..7]);
    }

    private static string Notebook(params string[] cells) =>
        new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([
                .. cells.Select(
                    (source, i) =>
                        new JsonObject
                        {
                            ["id"] = $"c{i}",
                            ["cell_type"] = "code",
                            ["metadata"] = new JsonObject(),
                            ["source"] = source,
                        }
                ),
            ]),
        }.ToJsonString();
}
