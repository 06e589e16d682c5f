namespace NotebookKernel.Tests;

public sealed class SharedProcessTests : IAsyncDisposable
{
    private const string Pid =
        "System.IO.File.WriteAllText(\"pid\", $\"{Environment.ProcessId}\");";

    private readonly NotebookRunner runner = NotebookFile.Runner();
    private readonly List<NotebookFile> files = [];

    public async ValueTask DisposeAsync()
    {
        await runner.DisposeAsync();
        files.ForEach(file => file.Dispose());
    }

    [Fact]
    public async Task Notebooks_share_a_process_but_not_what_they_change_in_it()
    {
        var before = await RunAsync(Pid, Seen);
        var changing = await RunAsync(
            Pid,
            """
            var x = 1;
            Environment.SetEnvironmentVariable("WORKBOOK_LEAK", "1");
            Environment.SetEnvironmentVariable("PATH", "nowhere");
            Environment.CurrentDirectory = System.IO.Path.GetTempPath();
            System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new("de-DE");
            System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
            Console.SetOut(System.IO.TextWriter.Null);
            Console.SetError(System.IO.TextWriter.Null);
            Console.SetIn(new System.IO.StringReader("leak"));
            Microsoft.DotNet.Interactive.Formatting.Formatter.Register<int>(_ => "leak", "text/plain");
            Microsoft.DotNet.Interactive.Formatting.Formatter.ListExpansionLimit = 1;
            """
        );
        var after = await RunAsync(Pid, Seen);
        Assert.All([before, changing, after], ran => Assert.True(ran.Succeeded));
        Assert.Equal(ProcessOf(before), ProcessOf(changing));
        Assert.Equal(ProcessOf(before), ProcessOf(after));
        Assert.Equal(Text(before), Text(after));
        Assert.Contains("1.5", Text(after));
    }

    // What one notebook could see of another; only the folder's name differs.
    private const string Seen = """
        Console.WriteLine(string.Join(",", Environment.GetEnvironmentVariable("WORKBOOK_LEAK"), Environment.GetEnvironmentVariable("PATH") == "nowhere"));
        Console.WriteLine(System.IO.File.Exists("test.ipynb"));
        Console.WriteLine($"{1.5} {await Task.Run(() => $"{1.5}")}");
        Console.Error.WriteLine(Console.ReadLine() ?? "nobody");
        display(7);
        Enumerable.Range(0, 5)
        """;

    [Fact]
    public async Task A_static_of_a_referenced_assembly_is_each_notebooks_own()
    {
        using var library = new ClassLibrary();
        var path = library.Compile(
            "Lib",
            "namespace Lib; public static class Counter { public static int Value; }"
        );
        var cell = $"#r \"{path.Replace('\\', '/')}\"\n{Pid}\n++Lib.Counter.Value";
        var first = await RunAsync(cell);
        var second = await RunAsync(cell);
        Assert.Equal(ProcessOf(first), ProcessOf(second));
        Assert.Equal("1", Value(first));
        Assert.Equal("1", Value(second));
    }

    [Theory]
    [InlineData("Environment.Exit(0);")]
    [InlineData("throw new Exception();")]
    public async Task After_a_notebook_that_failed_a_fresh_process_serves_the_rest(string failing)
    {
        var first = await RunAsync(Pid);
        var failed = await RunAsync(Pid, failing);
        var last = await RunAsync(Pid, "2");
        Assert.True(first.Succeeded);
        Assert.False(failed.Succeeded);
        Assert.Equal(2, Assert.Single(failed.Failures).CellNumber);
        Assert.True(last.Succeeded);
        Assert.NotEqual(ProcessOf(failed), ProcessOf(last));
    }

    [Fact]
    public async Task A_notebook_that_an_earlier_one_kills_is_run_again_in_a_fresh_process()
    {
        var culprit = await RunAsync(
            "new System.Threading.Thread(() => { System.Threading.Thread.Sleep(1500); Environment.FailFast(\"late\"); }).Start();"
        );
        var victim = await RunAsync("await Task.Delay(3000);", "\"alive\"");
        Assert.True(culprit.Succeeded);
        Assert.True(victim.Succeeded, string.Join(" ", victim.Failures));
        Assert.Equal("alive", Value(victim));
    }

    [Fact]
    public async Task A_finalizer_that_never_ends_holds_nobody_up()
    {
        var stuck = await RunAsync(
            $"{Pid}\nclass Stuck {{ ~Stuck() => System.Threading.Thread.Sleep(-1); }}",
            "void Make() { new Stuck(); }\nMake(); GC.Collect(); 1"
        );
        var next = await RunAsync(Pid);
        Assert.True(stuck.Succeeded);
        Assert.True(next.Succeeded);
        Assert.NotEqual(ProcessOf(stuck), ProcessOf(next));
    }

    [Fact]
    public async Task The_order_of_the_notebooks_changes_no_output()
    {
        string[] one =
        [
            "record Row(int A);\nnew[] { new Row(1) }",
            "new { a = 1, b = new[] { 2 } }",
        ];
        string[] two = ["record Row(string B);\nnew Row(\"x\")", "int.Parse(\"y\")"];
        var first = (Text(await RunAsync(one)), Text(await RunAsync(two)));
        var second = (Text(await RunAsync(two)), Text(await RunAsync(one)));
        Assert.Equal(first, (second.Item2, second.Item1));
    }

    [Fact]
    public async Task Nothing_can_be_read_from_the_process_own_input()
    {
        var ran = await RunAsync("Console.OpenStandardInput().ReadByte()");
        Assert.Equal("-1", Value(ran));
        Assert.True((await RunAsync("1")).Succeeded);
    }

    private async Task<NotebookResult> RunAsync(params string[] cells)
    {
        files.Add(new NotebookFile(cells));
        return await files[^1].RunAsync(runner);
    }

    private static string ProcessOf(NotebookResult result) =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(result.NotebookPath)!, "pid"));

    private static string Text(NotebookResult result) => File.ReadAllText(result.OutputPath);

    private static string Value(NotebookResult result) =>
        NotebookDocument.Load(result.OutputPath).Cells[^1].Outputs[^1].Data["text/plain"];
}
