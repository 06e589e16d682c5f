namespace NotebookKernel.Tests;

public class CellInterruptTests
{
    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("for (;;) ;")]
    [InlineData("do ; while (true);")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("await Task.Yield(); while (true) { }")]
    [InlineData("lock (new object()) while (true) { }")]
    [InlineData("IEnumerable<int> Endless() { while (true) yield return 1; }\nEndless().Count()")]
    [InlineData(
        "IEnumerable<(int, int)> Pairs() { while (true) yield return (1, 2); }\nforeach (var (a, b) in Pairs()) ;"
    )]
    [InlineData("Parallel.For(0, 2, _ => { while (true) { } });")]
    [InlineData("Func<int> f = () => { while (true) { } };\nf()")]
    [InlineData("Parallel.For(0, long.MaxValue, _ => { });")]
    [InlineData("Parallel.For(0, long.MaxValue, _ => Math.Sqrt(2));")]
    [InlineData("Enumerable.InfiniteSequence(0L, 1L).Count(x => x < 0)")]
    [InlineData("Enumerable.InfiniteSequence(0L, 1L).First(delegate (long x) { return x < 0; })")]
    [InlineData("bool No(long x) => x < 0;\nEnumerable.InfiniteSequence(0L, 1L).Any(No)")]
    [InlineData("int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(80)")]
    [InlineData("int Fib(int n) { if (n < 2) return n; return Fib(n - 1) + Fib(n - 2); }\nFib(80)")]
    [InlineData("{ again: goto again; }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.Yield(); System.Threading.Thread.Sleep(-1);")]
    [InlineData("new TaskCompletionSource<int>().Task.Result")]
    [InlineData("async Task F() { while (true) await Task.Yield(); }\nawait F();")]
    [InlineData("var gate = new object(); lock (gate) System.Threading.Monitor.Wait(gate);")]
    public async Task A_runaway_cell_is_stopped_and_the_variables_before_it_stay(string runaway)
    {
        var session = new CellSession();
        await session.RunAsync("var kept = 3;");
        var run = new CellRun();
        var running = session.RunAsync($"kept = 4; Console.Write(\"started\");\n{runaway}", run);
        await Task.WhenAny(running, Task.Delay(300));
        Assert.False(running.IsCompleted);
        run.Interrupt();
        var ran = await running.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(ran.Result.Interrupted);
        Assert.Equal("started", Assert.Single(ran.Outputs).Text);
        Assert.Equal("4", (await session.RunAsync("kept")).Value);
    }

    [Fact]
    public async Task A_cell_in_a_librarys_loop_ends_although_that_goes_on()
    {
        var run = new CellRun();
        var running = new CellSession().RunAsync(
            "Enumerable.Repeat(1, 1_500_000_000).Where(int.IsNegative).Count()",
            run
        );
        await Task.WhenAny(running, Task.Delay(500));
        Assert.False(running.IsCompleted);
        run.Interrupt();
        var ran = await running;
        Assert.True(ran.Result.Interrupted);
        Assert.Contains("cannot be stopped", ran.Error.Message);
    }

    [Fact]
    public async Task An_interrupt_stops_no_other_cell()
    {
        var run = new CellRun();
        var stopped = new CellSession().RunAsync("while (true) { }", run);
        var other = new CellSession().RunAsync(
            "var end = DateTime.UtcNow.AddSeconds(1); while (DateTime.UtcNow < end) { }\n\"finished\""
        );
        run.Interrupt();
        Assert.True((await stopped).Result.Interrupted);
        Assert.Equal("finished", (await other).Value);
    }

    [Fact]
    public async Task A_cell_interrupted_before_it_starts_leaves_nothing_behind()
    {
        var session = new CellSession();
        await session.RunAsync("var x = 1;");
        var run = new CellRun();
        run.Interrupt();
        Assert.True((await session.RunAsync("var x = 2;", run)).Result.Interrupted);
        Assert.Equal("1", (await session.RunAsync("x")).Value);
    }

    [Fact]
    public async Task An_interrupt_after_the_end_changes_nothing()
    {
        var session = new CellSession();
        var run = new CellRun();
        Assert.Equal("1", (await session.RunAsync("1", run)).Value);
        run.Interrupt();
        Assert.False(run.Interrupted);
        Assert.Equal("2", (await session.RunAsync("2")).Value);
    }
}
