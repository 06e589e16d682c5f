using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Workbook.CommandLine.Tests;

/// <summary>The commands besides `encode`, as a shell sees them.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Sleep = "잠이 안옵니다\n졸음이 옵니다\n기차가 옵니다\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("run", "dotnet workbook.cs run notebooks/00-start-here.ipynb")]
    [InlineData("grade", "dotnet workbook.cs grade submissions --output grades.csv")]
    [InlineData("tokenize", "| dotnet workbook.cs tokenize --model ko-mini")]
    [InlineData("encode", "| dotnet workbook.cs encode --model ko-mini --normalize")]
    [InlineData("similarity", "| dotnet workbook.cs similarity --model ko-mini --plot sleep.svg")]
    [InlineData("score", "| dotnet workbook.cs score --model ko-mini-cross")]
    [InlineData(
        "serve",
        "dotnet workbook.cs serve --model ko-mini --reranker ko-mini-cross --port 8080"
    )]
    [InlineData("bench", "dotnet workbook.cs bench tokenize search")]
    [InlineData("packages", "dotnet workbook.cs packages")]
    [InlineData("models", "dotnet workbook.cs models list")]
    [InlineData("models list", "dotnet workbook.cs models list")]
    [InlineData("models pull", "dotnet workbook.cs models pull kr-sbert")]
    [InlineData("models verify", "dotnet workbook.cs models verify ko-mini")]
    public void Every_command_has_help_with_an_example(string command, string example)
    {
        var result = Shell.Run($"{command} --help");
        Assert.Equal(0, result.Code);
        Assert.Contains(
            $"workbook.cs {command}",
            result.Output.Split("Example:")[0],
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $"{example}\n",
            result.Output.Split("Example:")[1].TrimEnd() + "\n",
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_unknown_command_is_one_line() =>
        Shell.Run("frobnicate").AssertRefused(2, "workbook: unknown: frobnicate");

    [Fact]
    public void An_unknown_benchmark_is_one_line_that_names_those_there_are() =>
        Shell
            .Run("bench kernel nonsense")
            .AssertRefused(2, "nonsense: no such benchmark; there is encode");

    [Fact]
    public void Tokenize_prints_ids_types_tokens_and_UTF16_offsets()
    {
        var result = Shell.Run("tokenize --model ko-mini", "😀 좋아요\n");
        var line = JsonDocument.Parse(Assert.Single(result.Lines)).RootElement;
        Assert.Equal(
            ["[CLS]", "[UNK]", "좋아요", "[SEP]"],
            line.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!)
        );
        Assert.Equal("[[0,0],[0,2],[3,6],[0,0]]", line.GetProperty("offsets").GetRawText());
        Assert.Equal("[0,0,0,0]", line.GetProperty("type_ids").GetRawText());
        Assert.Equal(4, line.GetProperty("ids").GetArrayLength());
        Assert.Contains("좋아요", result.Output, StringComparison.Ordinal); // not \uXXXX
    }

    [Fact]
    public void Tokenize_reads_pairs_and_cuts_them()
    {
        var whole = Shell
            .Run("tokenize --model ko-mini --pair", "기차가 옵니다\t졸음이 옵니다\n")
            .Lines[0];
        var types = JsonDocument
            .Parse(whole)
            .RootElement.GetProperty("type_ids")
            .EnumerateArray()
            .Select(type => type.GetInt32())
            .ToArray();
        Assert.Equal(types.Order(), types);
        Assert.Equal([0, 1], types.Distinct());
        var cut = Shell
            .Run("tokenize --model ko-mini --pair --max-length 5", "기차가 옵니다\t졸음이 옵니다\n")
            .Lines[0];
        Assert.Equal(5, JsonDocument.Parse(cut).RootElement.GetProperty("ids").GetArrayLength());
        Shell
            .Run("tokenize --model ko-mini --pair", "한 문장뿐\n")
            .AssertRefused(2, "line 1: expected two texts separated by one tab");
    }

    [Theory]
    [InlineData("cosine", 1)]
    [InlineData("euclidean", 0)]
    [InlineData("manhattan", 0)]
    public void Similarity_prints_the_matrix_with_the_reference_s_signs(
        string function,
        float diagonal
    )
    {
        var result = Shell.Run($"similarity --model ko-mini --function {function}", Sleep);
        var matrix = result
            .Lines.Select(line =>
                line.Split('\t').Select(x => float.Parse(x, CultureInfo.InvariantCulture)).ToArray()
            )
            .ToArray();
        Assert.Equal([3, 3, 3], matrix.Select(row => row.Length));
        for (var i = 0; i < 3; i++)
            Assert.Equal(diagonal, matrix[i][i], 1e-5f);
        Assert.True(matrix[0][1] > matrix[0][2]); // more similar is more, whatever the function
    }

    [Fact]
    public void Similarity_draws_what_it_prints()
    {
        var svg = Path.Combine(folder.Path, "s.svg");
        var html = Path.Combine(folder.Path, "s.html");
        Assert.Equal(0, Shell.Run($"similarity --model ko-mini --plot {svg}", Sleep).Code);
        Assert.Equal(0, Shell.Run($"similarity --model ko-mini --plot {html}", Sleep).Code);
        Assert.Contains("0.623", XDocument.Load(svg).Root!.Value, StringComparison.Ordinal);
        Assert.Contains("0.623", File.ReadAllText(html), StringComparison.Ordinal);
        Shell
            .Run("similarity --model ko-mini --plot s.png", Sleep)
            .AssertRefused(2, "--plot: s.png does not end in .html or .svg");
        Shell
            .Run("similarity --model ko-mini --function jaccard", Sleep)
            .AssertRefused(2, "'jaccard' not recognized");
    }

    [Fact]
    public void The_embedded_models_are_listed_and_give_their_published_numbers()
    {
        var list = Shell.Run("models list").Lines;
        Assert.StartsWith(
            "ko-mini\tbi-encoder\tembedded\t11.6\tko,en\t64\t256\tmean\t",
            list[1],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "ko-mini-base\tbi-encoder\tembedded\t11.6\tko,en\t64\t256\tmean\t",
            list[2],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "ko-mini-cross\tcross-encoder\tembedded\t11.7\tko,en\t64\t-\t-\t",
            list[3],
            StringComparison.Ordinal
        );
        var result = Shell.Run("models verify");
        Assert.True(result.Code == 0, result.Output + result.Error);
        Assert.DoesNotContain("DIFFERS", result.Output, StringComparison.Ordinal);
        Assert.Contains("0.765", result.Output, StringComparison.Ordinal);
        Assert.Contains("0.838", result.Output, StringComparison.Ordinal);
        Assert.Contains("measured\tcard\tgoal", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^(\d+\.\d)\t\1\t70\.0\t\w+\tminimal pairs", result.Output);
        Assert.Matches(@"(?m)^-\t\d+\.\d\t74\.0\t\w+\tKorSTS test", result.Output); // not in the repository
        Shell.Run("models verify nope").AssertRefused(2, "no model 'nope'");
    }

    [Fact]
    public void Run_writes_the_executed_notebook_and_its_page()
    {
        folder.Write("good.ipynb", Notebook("Console.WriteLine(6 * 7);"));
        var result = Shell.Run($"run {folder.Path}/good.ipynb --output {folder.Path}/out");
        Assert.True(result.Code == 0, result.Error);
        Assert.Contains(
            "42",
            File.ReadAllText(Path.Combine(folder.Path, "out", "good.ipynb")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "42",
            File.ReadAllText(Path.Combine(folder.Path, "out", "good.html")),
            StringComparison.Ordinal
        );
        Assert.Matches(@"good\.ipynb\s+1/ 1\s+\d+\.\d\s+yes", result.Output);
    }

    [Fact]
    public void Run_gives_the_lessons_another_model()
    {
        folder.Write(
            "model.ipynb",
            Notebook("Console.WriteLine(Environment.GetEnvironmentVariable(\"WORKBOOK_MODEL\"));")
        );
        var result = Shell.Run(
            $"run {folder.Path}/model.ipynb --output {folder.Path}/out --model ko-mini"
        );
        Assert.True(result.Code == 0, result.Error);
        Assert.Contains(
            "\"ko-mini\\n\"",
            File.ReadAllText(folder["out/model.ipynb"]),
            StringComparison.Ordinal
        );
        Shell
            .Run($"run {folder.Path}/model.ipynb --output {folder.Path}/out --model nope")
            .AssertRefused(2, "nope: neither a folder nor a model by name");
    }

    [Fact]
    public void Run_names_each_failing_cell_and_fails()
    {
        folder.Write(
            "bad.ipynb",
            Notebook("int x = 1;", "throw new InvalidOperationException(\"no luck\");")
        );
        folder.Write("good.ipynb", Notebook("1 + 1"));
        var result = Shell.Run(
            $"run {folder.Path}/bad.ipynb {folder.Path}/good.ipynb --output {folder.Path}/out"
        );
        Assert.Equal(1, result.Code);
        Assert.Contains(
            "bad.ipynb: cell 2 (cell-1): InvalidOperationException: no luck",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Matches(@"bad\.ipynb\s+2/ 2\s+\d+\.\d\s+NO", result.Output);
        Assert.Matches(@"good\.ipynb\s+1/ 1\s+\d+\.\d\s+yes", result.Output); // the others run all the same
    }

    [Fact]
    public void Run_refuses_what_is_no_notebook()
    {
        Shell.Run("run nowhere.ipynb").AssertRefused(2, "nowhere.ipynb: no such file");
        folder.Write("text.ipynb", "no notebook");
        var result = Shell.Run($"run {folder.Path}/text.ipynb --output {folder.Path}/out");
        Assert.Equal(1, result.Code);
        Assert.Contains("text.ipynb: not valid JSON", result.Error, StringComparison.Ordinal);
        Shell.Run("run", folder: folder.Path).AssertRefused(2, "no notebooks in");
    }

    [Fact]
    public void Where_output_cannot_go_is_said_before_the_work()
    {
        folder.Write("good.ipynb", Notebook("1 + 1"));
        var notebook = folder["good.ipynb"];
        Shell
            .Run(["run", notebook, "--output", folder.Path], [])
            .AssertRefused(2, "which would be overwritten");
        Shell
            .Run(["run", notebook, "--output", notebook], [])
            .AssertRefused(2, "cannot be a folder");
        Shell
            .Run(["run", notebook, "--output", ""], [])
            .AssertRefused(2, "--output: expected a folder");
        Directory.CreateDirectory(folder["v.npy"]);
        Shell
            .Run($"encode --model ko-mini --output {folder["v.npy"]}", "a\n")
            .AssertRefused(2, "v.npy is a folder");
        Shell
            .Run($"similarity --model ko-mini --plot {folder.Path}/none/s.svg", "a\n")
            .AssertRefused(2, "there is no folder");
        Shell
            .Run("encode --model ko-mini --prompt a --prompt-name b", "a\n")
            .AssertRefused(2, "give one of them");
    }

    [Fact]
    public void A_full_disk_is_one_line()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full, which Linux has");
        var program = Path.Combine(AppContext.BaseDirectory, "Workbook.CommandLine.dll");
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "sh",
                ["-c", $"dotnet '{program}' models list > /dev/full"]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
        Assert.Equal("workbook models list: No space left on device\n", error);
    }

    private static string Notebook(params string[] cells) =>
        JsonSerializer.Serialize(
            new
            {
                cells = cells.Select(
                    (source, i) =>
                        new
                        {
                            cell_type = "code",
                            id = $"cell-{i}",
                            metadata = new { },
                            execution_count = (int?)null,
                            outputs = Array.Empty<object>(),
                            source,
                        }
                ),
                metadata = new { },
                nbformat = 4,
                nbformat_minor = 5,
            }
        );
}
