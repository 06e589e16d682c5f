using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

public class InputTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private static readonly JsonObject MayAsk = new() { ["allow_stdin"] = true };

    private readonly KernelClient client = fixture.Client;

    [Fact]
    public void A_cell_reads_a_line_from_the_front_end_that_runs_it()
    {
        using var other = new KernelClient(fixture.Kernel);
        var id = client.Start(
            "Console.Write(\"name? \"); var who = Console.ReadLine(); who",
            MayAsk
        );
        var question = client.AnswerInput("에이다");
        Assert.Equal(("input_request", id), (question.Type, question.ParentId));
        Assert.False((bool)question.Content["password"]!);
        var answer = client.End(id);
        Assert.Equal("에이다", answer.Value);
        Assert.Equal("name? ", answer.Stream("stdout"));
    }

    [Fact]
    public void It_reads_characters_as_well()
    {
        var id = client.Start(
            "var both = $\"{(char)Console.Read()}|{(char)Console.In.Peek()}|{Console.ReadLine()}|{Console.ReadLine()}\"; both",
            MayAsk
        );
        client.AnswerInput("ab");
        client.AnswerInput("c");
        Assert.Equal("a|b|b|c", client.End(id).Value);
    }

    [Fact]
    public void Where_the_front_end_takes_no_questions_the_cell_fails_and_says_why()
    {
        var reply = client.Execute("Console.ReadLine()", new() { ["allow_stdin"] = false }).Reply;
        Assert.Equal("error", reply.Text("status"));
        Assert.Contains("cannot be asked for input", reply.Text("evalue"));
    }

    [Fact]
    public void A_front_end_that_leaves_ends_the_input()
    {
        var leaving = new KernelClient(fixture.Kernel);
        var id = leaving.Start("var last = Console.ReadLine() ?? \"the end\";", MayAsk);
        leaving.WaitFor(id, "execute_input");
        leaving.Dispose();
        Assert.Equal("the end", client.Execute("last").Value);
    }
}
