using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>Cells, and what front ends see of them.</summary>
public class ExecutionTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private readonly KernelClient client = fixture.Client;

    [Fact]
    public void A_cell_shows_its_code_its_outputs_in_order_and_its_value()
    {
        var answer = client.Execute(
            "Console.Write(\"out\"); Console.Error.Write(\"err\"); display(\"shown\"); Console.Write(\"more\"); 6 * 7"
        );
        Assert.Equal(
            ["execute_input", "stream", "stream", "display_data", "stream", "execute_result"],
            answer.Types
        );
        Assert.Equal(("outmore", "err"), (answer.Stream("stdout"), answer.Stream("stderr")));
        Assert.Equal("42", answer.Value);
        var count = (int)answer.Reply.Content["execution_count"]!;
        Assert.Equal("ok", answer.Reply.Text("status"));
        Assert.Equal(count, (int)answer.Single("execute_input").Content["execution_count"]!);
        Assert.Equal(count, (int)answer.Single("execute_result").Content["execution_count"]!);
        Assert.NotNull(answer.Reply.Metadata["started"]);
    }

    [Fact]
    public void A_display_is_updated_under_its_id()
    {
        var answer = client.Execute("var shown = display(1); shown.Update(2);");
        static string? Id(KernelMessage message) =>
            (string?)message.Content["transient"]!["display_id"];
        Assert.Equal(Id(answer.Single("display_data")), Id(answer.Single("update_display_data")));
    }

    [Fact]
    public void An_error_is_shown_and_aborts_the_cells_that_wait()
    {
        var failing = client.Start("await Task.Delay(300); throw new Exception(\"no\");");
        var waiting = client.Start("1");
        var failed = client.End(failing);
        var error = failed.Single("error");
        Assert.Equal(("Exception", "no"), (error.Text("ename"), error.Text("evalue")));
        Assert.NotEmpty(error.Content["traceback"]!.AsArray());
        Assert.Equal("error", failed.Reply.Text("status"));
        var aborted = client.End(waiting);
        Assert.Equal("aborted", aborted.Reply.Text("status"));
        Assert.Empty(aborted.Types);
        Assert.Equal("ok", client.Execute("1").Reply.Text("status"));
    }

    [Fact]
    public void With_stop_on_error_false_the_cells_that_wait_run()
    {
        var failing = client.Start(
            "await Task.Delay(300); throw new Exception();",
            new() { ["stop_on_error"] = false }
        );
        var waiting = client.Start("1");
        Assert.Equal("error", client.End(failing).Reply.Text("status"));
        Assert.Equal("ok", client.End(waiting).Reply.Text("status"));
    }

    [Fact]
    public void A_silent_cell_runs_and_shows_nothing()
    {
        var before = (int)client.Execute("var hidden = 0;").Reply.Content["execution_count"]!;
        var answer = client.Execute(
            "hidden = 5; Console.Write(hidden); display(hidden); hidden",
            new() { ["silent"] = true }
        );
        Assert.Empty(answer.Types);
        Assert.Equal(before, (int)answer.Reply.Content["execution_count"]!);
        var unstored = client.Execute("hidden", new() { ["store_history"] = false });
        Assert.Equal("5", unstored.Value);
        Assert.Equal(before, (int)unstored.Reply.Content["execution_count"]!);
    }

    [Fact]
    public void User_expressions_are_answered_with_an_error_each()
    {
        var reply = client
            .Execute("1", new() { ["user_expressions"] = new JsonObject { ["a"] = "1 + 1" } })
            .Reply;
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal("error", (string?)reply.Content["user_expressions"]!["a"]!["status"]);
    }

    [Fact]
    public void Text_comes_while_the_cell_runs_and_not_a_character_a_message()
    {
        var running = client.Start(
            "Console.Write(\"first\"); Console.ReadLine(); for (var i = 0; i < 200_000; i++) Console.Write('.');",
            new() { ["allow_stdin"] = true }
        );
        // The cell waits: what it has written is there all the same.
        Assert.Equal("first", client.WaitFor(running, "stream").Text("text"));
        client.AnswerInput("");
        var answer = client.End(running);
        Assert.Equal(200_000, answer.Stream("stdout").Length);
        Assert.InRange(answer.Types.Count(), 1, 200);
    }

    [Fact]
    public void What_a_finished_cell_still_writes_belongs_to_that_cell()
    {
        var first = client.Start(
            "var late = new TaskCompletionSource(); _ = Task.Run(async () => { await late.Task; Console.WriteLine(\"late\"); });"
        );
        client.End(first);
        var second = client.Start("late.SetResult();");
        var text = client.WaitFor(message => message.Text("text") == "late\n");
        Assert.Equal(first, text.ParentId);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Cells_of_5_MB_and_outputs_of_20_MB_come_through()
    {
        var text = new string('가', 5 << 20);
        Assert.Equal($"{5 << 20}", client.Execute($"\"{text}\".Length").Value);
        Assert.Equal(20_000_000, client.Execute("new string('y', 20_000_000)").Value!.Length);
        Assert.Equal(
            20_000_000,
            client
                .Execute("for (var i = 0; i < 200; i++) Console.Write(new string('z', 100_000));")
                .Stream("stdout")
                .Length
        );
    }

    [Fact]
    public void A_thread_that_throws_does_not_take_the_kernel_with_it()
    {
        var answer = client.Execute(
            "var thread = new System.Threading.Thread(() => throw new Exception(\"stray\")); thread.Start(); thread.Join();"
        );
        Assert.Equal("ok", answer.Reply.Text("status"));
        Assert.Contains("stray", answer.Stream("stderr"));
        Assert.Equal("1", client.Execute("1").Value);
    }
}
