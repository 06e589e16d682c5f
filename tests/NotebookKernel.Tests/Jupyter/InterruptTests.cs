namespace NotebookKernel.Tests;

/// <summary>An interrupt_request on control ends whatever a cell does, and keeps the variables.</summary>
public class InterruptTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private readonly KernelClient client = fixture.Client;

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.Delay(1); while (true) { }")]
    [InlineData(
        "async Task Loop() { await Task.Yield(); for (long i = 0; ; i++) { } } await Loop();"
    )]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("var gate = new object(); lock (gate) { while (true) { } }")]
    [InlineData("new TaskCompletionSource<int>().Task.Result")]
    [InlineData(
        "Enumerable.Repeat(1, int.MaxValue).Select(x => { for (var i = 0; i < 1000; i++) x ^= i; return x; }).Aggregate(0, (a, b) => a ^ b)"
    )]
    [InlineData("Parallel.For(0, 4, i => { while (true) { } });")]
    [InlineData("while (true) Console.WriteLine(\"again\");")]
    public void A_runaway_cell_is_stopped(string runaway)
    {
        var id = client.Start($"var kept = 11; Console.Write(\"go\");\n{runaway}");
        client.WaitFor(id, "stream"); // the premise: it runs
        var interrupted = client.AskControl("interrupt_request", []);
        Assert.Equal("interrupt_reply", interrupted.Reply.Type);
        Assert.Equal("ok", interrupted.Reply.Text("status"));
        var answer = client.End(id);
        Assert.Equal("error", answer.Reply.Text("status"));
        Assert.Equal("OperationCanceledException", answer.Reply.Text("ename"));
        Assert.Equal("11", client.Execute("kept").Value);
    }

    [Fact]
    public void A_cell_that_waits_for_input_is_stopped()
    {
        var id = client.Start(
            "Console.Write(\"go\"); Console.ReadLine();",
            new() { ["allow_stdin"] = true }
        );
        client.WaitFor(id, "stream");
        client.AskControl("interrupt_request", []);
        Assert.Equal("OperationCanceledException", client.End(id).Reply.Text("ename"));
    }

    [Fact]
    public void An_interrupt_between_cells_harms_none()
    {
        Assert.Equal("ok", client.AskControl("interrupt_request", []).Reply.Text("status"));
        Assert.Equal("1", client.Execute("1").Value);
    }
}
