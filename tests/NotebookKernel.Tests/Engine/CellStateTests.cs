namespace NotebookKernel.Tests;

public class CellStateTests
{
    [Fact]
    public async Task A_variable_lives_on_in_later_cells()
    {
        var session = new CellSession();
        await session.RunAsync("var x = 20;");
        await session.RunAsync("x++;");
        Assert.Equal("42", (await session.RunAsync("x * 2")).Value);
    }

    [Fact]
    public async Task Types_methods_and_usings_live_on_in_later_cells()
    {
        var session = new CellSession();
        await session.RunAsync("using System.Globalization;");
        await session.RunAsync("record Point(int X); int Twice(Point p) => 2 * p.X;");
        var ran = await session.RunAsync(
            "Twice(new Point(4)).ToString(CultureInfo.InvariantCulture)"
        );
        Assert.Equal("8", ran.Value);
    }

    [Fact]
    public async Task A_variable_may_be_declared_anew_with_another_type()
    {
        var session = new CellSession();
        await session.RunAsync("var x = 1;");
        await session.RunAsync("var x = \"one\";");
        Assert.Equal("one", (await session.RunAsync("x")).Value);
    }

    [Fact]
    public async Task Await_works_at_the_top_level()
    {
        var ran = await new CellSession().RunAsync(
            "await Task.Yield(); var x = await Task.FromResult(7); x"
        );
        Assert.Equal("7", ran.Value);
    }

    [Fact]
    public async Task Waiting_for_a_task_that_needs_the_cells_own_context_does_not_block_for_ever()
    {
        var ran = await new CellSession().RunAsync(
            "async Task<int> F() { await Task.Yield(); return 3; }\nF().Result"
        );
        Assert.Equal("3", ran.Value);
    }

    [Fact]
    public async Task Tasks_that_wait_for_each_other_each_get_a_thread()
    {
        var ran = await new CellSession().RunAsync(
            """
            var gate = new TaskCompletionSource();
            async Task Wait() { await Task.Yield(); gate.Task.Wait(); }
            async Task Open() { await Task.Yield(); gate.SetResult(); }
            await Task.Yield();
            Task.WaitAll(Wait(), Open());
            "passed"
            """
        );
        Assert.Equal("passed", ran.Value);
    }

    [Fact]
    public async Task Variables_assigned_before_an_error_keep_their_values()
    {
        var session = new CellSession();
        var failed = await session.RunAsync("var kept = 5; throw new Exception(\"boom\");");
        Assert.Equal("boom", failed.Error.Message);
        Assert.Equal("5", (await session.RunAsync("kept")).Value);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_leaves_nothing_behind()
    {
        var session = new CellSession();
        await session.RunAsync("var x = 1;");
        var failed = await session.RunAsync("x = 2; y = 3;");
        Assert.Contains("CS0103", failed.Error.Message);
        Assert.Equal("1", (await session.RunAsync("x")).Value);
    }

    [Fact]
    public async Task A_first_cell_that_does_not_compile_does_not_lose_the_imports()
    {
        var session = new CellSession();
        _ = (await session.RunAsync("oops")).Error;
        Assert.Equal("6", (await session.RunAsync("Enumerable.Range(1, 3).Sum()")).Value);
    }

    [Theory]
    [InlineData("File.Exists(\"x\")")]
    [InlineData("Thread.Sleep(0);")]
    [InlineData("new HttpClient()")]
    public async Task Nothing_is_imported_that_the_other_host_does_not_import(string code)
    {
        var failed = await new CellSession().RunAsync(code);
        Assert.Matches("CS0103|CS0246", failed.Error.Message);
    }

    [Fact]
    public async Task Unsafe_code_compiles()
    {
        var ran = await new CellSession().RunAsync(
            "int Read() { unsafe { int x = 9; return *&x; } }\nRead()"
        );
        Assert.Equal("9", ran.Value);
    }

    [Fact]
    public async Task Numbers_print_the_same_whatever_the_machines_culture_is()
    {
        System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
        Assert.Equal("1,5", $"{1.5}");
        var ran = await new CellSession().RunAsync(
            "await Task.Yield(); Console.Write($\"{1.5} \"); await Task.Run(() => Console.Write($\"{2.5}\"));"
        );
        Assert.Equal("1.5 2.5", Assert.Single(ran.Outputs).Text);
    }
}
