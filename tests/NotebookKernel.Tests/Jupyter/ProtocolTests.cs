using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>Each message type that front ends send, and what they get for it.</summary>
public class ProtocolTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private readonly KernelClient client = fixture.Client;

    [Fact]
    public void Shell_and_control_say_what_the_kernel_is()
    {
        KernelAnswer[] answers =
        [
            client.Ask("kernel_info_request", []),
            client.AskControl("kernel_info_request", []),
        ];
        foreach (var answer in answers)
        {
            Assert.Equal("kernel_info_reply", answer.Reply.Type);
            Assert.Equal("5.3", answer.Reply.Text("protocol_version"));
            Assert.Equal("C#", (string?)answer.Reply.Content["language_info"]!["name"]);
            Assert.Equal(".cs", (string?)answer.Reply.Content["language_info"]!["file_extension"]);
            Assert.Equal(
                ["busy", "idle"],
                answer.Published.Select(message => message.Text("execution_state"))
            );
        }
    }

    [Fact]
    public void Completions_stand_at_code_points_and_not_at_UTF16_units()
    {
        client.Execute("var 가나다 = 1;");
        const string code = "var s = \"😀\"; 가나";
        var reply = client.Ask("complete_request", At(code, 15)).Reply;
        Assert.Equal(
            "가나다",
            Assert.Single(reply.Content["matches"]!.AsArray())!.GetValue<string>()
        );
        Assert.Equal(
            (13, 15),
            ((int)reply.Content["cursor_start"]!, (int)reply.Content["cursor_end"]!)
        );
        var type = Assert.Single(
            reply.Content["metadata"]!["_jupyter_types_experimental"]!.AsArray()
        )!;
        Assert.Equal(
            ("가나다", 13, 15),
            ((string?)type["text"], (int)type["start"]!, (int)type["end"]!)
        );
    }

    [Fact]
    public void Inspection_shows_a_signature_or_that_nothing_is_known()
    {
        var found = client.Ask("inspect_request", At("Console.WriteLine(1)", 10)).Reply;
        Assert.True((bool)found.Content["found"]!);
        Assert.Contains("WriteLine", (string?)found.Content["data"]!["text/plain"]);
        var nothing = client.Ask("inspect_request", At("   ", 1)).Reply;
        Assert.Equal("ok", nothing.Text("status"));
        Assert.False((bool)nothing.Content["found"]!);
    }

    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("for (var i = 0; i < 3; i++) {", "incomplete")]
    public void A_console_learns_whether_a_cell_is_complete(string code, string status)
    {
        var reply = client.Ask("is_complete_request", new() { ["code"] = code }).Reply;
        Assert.Equal(status, reply.Text("status"));
        Assert.Equal(status == "incomplete", reply.Content.ContainsKey("indent"));
    }

    [Fact]
    public void Comms_are_closed_as_soon_as_they_are_opened()
    {
        var comms = client.Ask("comm_info_request", []).Reply;
        Assert.Empty(comms.Content["comms"]!.AsObject());
        client.SendShell("comm_open", new() { ["comm_id"] = "widget", ["target_name"] = "x" });
        var closed = client.WaitFor(message => message.Type == "comm_close");
        Assert.Equal("widget", closed.Text("comm_id"));
        client.SendShell("comm_msg", new() { ["comm_id"] = "widget" });
        Assert.Equal("2", client.Execute("1 + 1").Value);
    }

    [Fact]
    public void An_unknown_request_gets_an_error_and_not_silence()
    {
        foreach (
            var answer in new[]
            {
                client.Ask("debug_request", []),
                client.AskControl("debug_request", []),
            }
        )
        {
            Assert.Equal("debug_reply", answer.Reply.Type);
            Assert.Equal("error", answer.Reply.Text("status"));
            Assert.Contains("debug_request", answer.Reply.Text("evalue"));
        }
    }

    [Fact]
    public void A_request_of_the_wrong_types_gets_an_error_that_names_the_key()
    {
        var reply = client
            .Ask("complete_request", new() { ["code"] = "x", ["cursor_pos"] = "here" })
            .Reply;
        Assert.Equal("error", reply.Text("status"));
        Assert.Contains("cursor_pos", reply.Text("evalue"));
        Assert.Contains(
            "code",
            client.Ask("execute_request", new() { ["code"] = 5 }).Reply.Text("evalue")
        );
    }

    [Fact]
    public void The_heartbeat_comes_back_as_it_was()
    {
        using var heart = new ZmtpConnection(
            KernelProcess.Connect(fixture.Kernel.EndPoint("hb")),
            "REQ",
            [],
            1 << 10
        );
        heart.Send([
            [],
            "ping"u8.ToArray(),
        ]);
        Assert.Equal(
            [
                [],
                "ping"u8.ToArray(),
            ],
            heart.Receive()!
        );
    }

    private static JsonObject At(string code, int cursor) =>
        new()
        {
            ["code"] = code,
            ["cursor_pos"] = cursor,
            ["detail_level"] = 0,
        };
}
