using System.Collections.Concurrent;
using System.Globalization;

namespace NotebookKernel.Tests;

public class NotebookRunnerTests
{
    [Fact]
    public async Task Cells_run_in_order_and_their_outputs_are_written_down()
    {
        using var notebook = new NotebookFile(
            "var x = 2; Console.Write(\"out\"); Console.Error.Write(\"err\"); x",
            " ",
            "display(\"shown\"); x + 1"
        );
        var result = await notebook.RunAsync();
        Assert.True(result.Succeeded);
        Assert.Equal((2, 2), (result.CellsRun, result.CellCount));
        var cells = NotebookDocument.Load(notebook.Output).Cells;
        Assert.Equal([1, null, 2], cells.Select(cell => cell.ExecutionCount));
        Assert.Equal(
            ["stream", "stream", "execute_result"],
            cells[0].Outputs.Select(output => output.OutputType)
        );
        Assert.Equal(
            ["stdout", "stderr"],
            cells[0].Outputs.Take(2).Select(output => output.StreamName)
        );
        Assert.Equal(
            ["display_data", "execute_result"],
            cells[2].Outputs.Select(output => output.OutputType)
        );
        Assert.Equal("3", cells[2].Outputs[1].Data["text/plain"]);
    }

    [Fact]
    public async Task Running_an_executed_notebook_again_gives_the_same_bytes()
    {
        using var notebook = new NotebookFile(
            "record Row(int A, string 이름);\nvar rows = new[] { new Row(1, \"가\"), new Row(2, \"😀\") };\nrows",
            "var shown = display(1.5); shown.Update(new Dictionary<string, double> { [\"a\"] = 1e-9 });\nHTML(\"<b>x</b>\")",
            "int.Parse(\"x\")"
        );
        await notebook.RunAsync();
        var first = await File.ReadAllBytesAsync(notebook.Output);
        await using var runner = NotebookFile.Runner();
        await runner.RunAsync(notebook.Output, notebook.Output);
        Assert.Equal(first, await File.ReadAllBytesAsync(notebook.Output));
        Assert.DoesNotContain(notebook.Folder, await File.ReadAllTextAsync(notebook.Output));
    }

    [Fact]
    public async Task A_failing_cell_is_named_and_those_after_it_do_not_run()
    {
        using var notebook = new NotebookFile("1", "var x = 1;\nint.Parse(\"x\")", "3");
        var result = await notebook.RunAsync();
        Assert.False(result.Succeeded);
        Assert.Equal((2, 3), (result.CellsRun, result.CellCount));
        var failure = Assert.Single(result.Failures);
        var cells = NotebookDocument.Load(notebook.Output).Cells;
        Assert.Equal(
            (2, cells[1].Id, "FormatException"),
            (failure.CellNumber, failure.CellId, failure.ErrorName)
        );
        Assert.Contains("   at Cell 2, line 2", failure.Trace);
        Assert.Equal("FormatException", Assert.Single(cells[1].Outputs).ErrorName);
        Assert.Empty(cells[2].Outputs);
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_may_fail()
    {
        var failing = NotebookFile.Code("throw new Exception(\"meant\");");
        failing["metadata"]!["tags"] = new System.Text.Json.Nodes.JsonArray("raises-exception");
        using var notebook = new NotebookFile(failing, NotebookFile.Code("2"));
        Assert.True((await notebook.RunAsync()).Succeeded);
        var cells = NotebookDocument.Load(notebook.Output).Cells;
        Assert.Equal("meant", Assert.Single(cells[0].Outputs).ErrorMessage);
        Assert.Single(cells[1].Outputs);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    public async Task A_runaway_cell_is_stopped_after_its_time(string runaway)
    {
        using var notebook = new NotebookFile("1", $"Console.Write(\"before\");\n{runaway}", "3");
        var result = await notebook.RunAsync(timeout: 2);
        var failure = Assert.Single(result.Failures);
        Assert.Equal((2, "TimeoutException"), (failure.CellNumber, failure.ErrorName));
        Assert.Equal("The cell ran longer than 2 s and was stopped.", failure.Message);
        var outputs = NotebookDocument.Load(notebook.Output).Cells[1].Outputs;
        Assert.Equal(["stream", "error"], outputs.Select(output => output.OutputType));
        Assert.Equal("before", outputs[0].Text);
    }

    [Fact]
    public async Task A_cell_that_keeps_every_thread_busy_is_killed_with_its_process()
    {
        using var notebook = new NotebookFile("Parallel.For(0, 100, _ => { while (true) { } });");
        var failure = Assert.Single((await notebook.RunAsync(timeout: 2)).Failures);
        Assert.Equal((1, "TimeoutException"), (failure.CellNumber, failure.ErrorName));
        var output = Assert.Single(NotebookDocument.Load(notebook.Output).Cells[0].Outputs);
        Assert.Equal("TimeoutException", output.ErrorName);
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "ended the process (exit code 0)")]
    [InlineData("int Down(int n) => Down(n + 1) + Down(n + 2);\nDown(0)", "stack overflow")]
    [InlineData("Environment.FailFast(\"gone\");", "ended the process")]
    public async Task A_cell_that_ends_the_process_is_a_failure_that_names_it(
        string fatal,
        string reason
    )
    {
        using var notebook = new NotebookFile("\"kept\"", fatal, "3");
        var result = await notebook.RunAsync();
        var failure = Assert.Single(result.Failures);
        Assert.Equal((2, "DeadKernelError"), (failure.CellNumber, failure.ErrorName));
        Assert.Contains(reason, failure.Message);
        var cells = NotebookDocument.Load(notebook.Output).Cells;
        Assert.Equal("kept", Assert.Single(cells[0].Outputs).Data["text/plain"]);
        Assert.Equal(failure.Message, Assert.Single(cells[1].Outputs).ErrorMessage);
    }

    [Fact]
    public async Task A_program_that_a_cell_leaves_running_does_not_hold_up_the_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs the program sleep");
        using var notebook = new NotebookFile(
            "System.Diagnostics.Process.Start(\"sleep\", \"90\");\n1"
        );
        var result = await notebook.RunAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task Progress_is_told_cell_by_cell()
    {
        var steps = new ConcurrentQueue<CellProgress>();
        using var notebook = new NotebookFile("1", "2");
        await notebook.RunAsync(progress: new Steps(steps));
        Assert.Equal(
            [
                (1, CellState.Started),
                (1, CellState.Succeeded),
                (2, CellState.Started),
                (2, CellState.Succeeded),
            ],
            steps.Select(step => (step.CellNumber, step.State))
        );
        Assert.All(steps, step => Assert.Equal(2, step.CellCount));
    }

    [Fact]
    public async Task A_rebuilt_assembly_is_used_after_a_restart()
    {
        using var library = new ClassLibrary();
        async Task<string> RunAsync(int value)
        {
            // As a build does it: another file under the same name.
            File.Delete(Path.Combine(library.Folder, "bin", "Lib.dll"));
            var path = library.Compile(
                "Lib",
                $"public static class Lib {{ public static int Value => {value}; }}"
            );
            using var notebook = new NotebookFile($"#r \"{path.Replace('\\', '/')}\"\nLib.Value");
            Assert.True((await notebook.RunAsync()).Succeeded);
            return NotebookDocument.Load(notebook.Output).Cells[0].Outputs[0].Data["text/plain"];
        }
        Directory.CreateDirectory(Path.Combine(library.Folder, "bin"));
        Assert.Equal("1", await RunAsync(1));
        Assert.Equal("2", await RunAsync(2));
    }

    [Fact]
    public async Task Cancelling_ends_the_notebooks_process()
    {
        using var notebook = new NotebookFile(
            "System.IO.File.WriteAllText(\"pid\", Environment.ProcessId.ToString());\nawait Task.Delay(-1);"
        );
        using var cancellation = new CancellationTokenSource();
        var running = notebook.RunAsync(cancellation: cancellation.Token);
        var file = Path.Combine(notebook.Folder, "pid");
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
            await Task.Delay(50);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var pid = int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(pid));
    }

    [Fact]
    public async Task Writing_to_the_process_own_streams_does_not_disturb_the_run()
    {
        using var notebook = new NotebookFile(
            "Console.OpenStandardOutput().Write(\"{\\\"no\"u8); Console.ReadLine() ?? \"nobody\""
        );
        Assert.True((await notebook.RunAsync()).Succeeded);
        Assert.Equal(
            "nobody",
            NotebookDocument.Load(notebook.Output).Cells[0].Outputs[0].Data["text/plain"]
        );
    }

    [Fact]
    public async Task A_bad_file_or_timeout_is_told_before_anything_runs()
    {
        using var notebook = new NotebookFile("1");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => notebook.RunAsync(timeout: 0));
        await File.WriteAllTextAsync(notebook.Path, "{");
        await Assert.ThrowsAsync<NotebookFormatException>(() => notebook.RunAsync());
        File.Delete(notebook.Path);
        await Assert.ThrowsAsync<FileNotFoundException>(() => notebook.RunAsync());
        Assert.False(File.Exists(notebook.Output));
    }

    private sealed class Steps(ConcurrentQueue<CellProgress> steps) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => steps.Enqueue(value);
    }
}
