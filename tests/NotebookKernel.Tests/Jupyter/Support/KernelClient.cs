using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>A front end: the five sockets of a client, and messages that it signs and checks by itself.</summary>
internal sealed class KernelClient : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    private readonly KernelProcess kernel;
    private readonly byte[] identity = Guid.NewGuid().ToByteArray();
    private readonly byte[] key;
    private readonly List<ZmtpConnection> connections = [];
    private readonly ZmtpConnection shell;
    private readonly ZmtpConnection control;
    private readonly ZmtpConnection stdin;
    private readonly KernelInbox shellReplies;
    private readonly KernelInbox controlReplies;
    private readonly KernelInbox questions;
    private readonly KernelInbox published;

    /// <summary>Connects, and waits until the kernel answers and its outputs arrive.</summary>
    public KernelClient(KernelProcess kernel)
    {
        this.kernel = kernel;
        key = Encoding.UTF8.GetBytes((string)kernel.Connection["key"]!);
        (shell, shellReplies) = Open("shell", "DEALER");
        (control, controlReplies) = Open("control", "DEALER");
        (stdin, questions) = Open("stdin", "DEALER");
        (var iopub, published) = Open("iopub", "SUB");
        iopub.Send([
            [1],
        ]); // subscribes to everything
        do shellReplies.Take(IsAbout(Send(shell, "kernel_info_request", [])));
        while (published.TryTake(_ => true, Moment) is null);
        // Now everything arrives.
        while (published.TryTake(_ => true, Moment) is not null) { }
    }

    public KernelAnswer Execute(string code, JsonObject? more = null) =>
        Ask("execute_request", Execution(code, more));

    /// <summary>Sends a cell and does not wait for it.</summary>
    /// <returns>The message's id.</returns>
    public string Start(string code, JsonObject? more = null) =>
        Send(shell, "execute_request", Execution(code, more));

    /// <summary>Sends what has no reply.</summary>
    public void SendShell(string type, JsonObject content) => Send(shell, type, content);

    /// <summary>Waits for the end of a request.</summary>
    public KernelAnswer End(string id) => End(shellReplies, id);

    public KernelAnswer Ask(string type, JsonObject content) =>
        End(shellReplies, Send(shell, type, content));

    public KernelAnswer AskControl(string type, JsonObject content) =>
        End(controlReplies, Send(control, type, content));

    /// <summary>Waits until a running cell has published a message of a type.</summary>
    public KernelMessage WaitFor(string id, string type) =>
        published.Take(message => message.ParentId == id && message.Type == type);

    /// <summary>Waits for what anybody has caused.</summary>
    public KernelMessage WaitFor(Predicate<KernelMessage> which) => published.Take(which);

    /// <summary>Waits for the kernel's question, and answers it.</summary>
    public KernelMessage AnswerInput(string text)
    {
        var question = questions.Take(_ => true);
        Send(stdin, "input_reply", new() { ["value"] = text });
        return question;
    }

    /// <summary>Sends on the shell what is signed with another key, or not at all.</summary>
    public void SendForged(byte[] signature) =>
        shell.Send([
            Delimiter,
            signature,
            .. Parts(Guid.NewGuid().ToString(), "kernel_info_request", []),
        ]);

    /// <summary>Whether nothing comes back on the shell.</summary>
    public bool IsSilent() => shellReplies.TryTake(_ => true, Moment) is null;

    public void Dispose() => connections.ForEach(connection => connection.Dispose());

    private (ZmtpConnection, KernelInbox) Open(string channel, string type)
    {
        var connection = Greet(kernel.EndPoint(channel), type);
        connections.Add(connection);
        var messages = new KernelInbox();
        new Thread(() =>
        {
            while (connection.Receive() is { } frames)
                messages.Add(Read(frames));
        })
        {
            IsBackground = true,
        }.Start();
        return (connection, messages);
    }

    // Anew, as libzmq does, where it has only just been started or cannot take more.
    private ZmtpConnection Greet(EndPoint endPoint, string type)
    {
        for (var attempt = 0; ; attempt++)
            try
            {
                return new(KernelProcess.Connect(endPoint), type, identity, long.MaxValue);
            }
            catch (ZmtpException) when (attempt < 100)
            {
                Thread.Sleep(100);
            }
    }

    private KernelAnswer End(KernelInbox replies, string id)
    {
        var caused = published.TakeUntilIdle(id);
        return new(replies.Take(IsAbout(id)), caused);
    }

    private static Predicate<KernelMessage> IsAbout(string id) => message => message.ParentId == id;

    private static JsonObject Execution(string code, JsonObject? more)
    {
        var content = new JsonObject { ["code"] = code };
        foreach (var (name, value) in more ?? [])
            content[name] = value?.DeepClone();
        return content;
    }

    private string Send(ZmtpConnection channel, string type, JsonObject content)
    {
        var id = Guid.NewGuid().ToString();
        var parts = Parts(id, type, content);
        channel.Send([Delimiter, Sign(parts), .. parts]);
        return id;
    }

    private static byte[][] Parts(string id, string type, JsonObject content) =>
        [
            Encoding.UTF8.GetBytes(
                new JsonObject
                {
                    ["msg_id"] = id,
                    ["msg_type"] = type,
                    ["session"] = "test",
                    ["username"] = "test",
                    ["version"] = "5.3",
                }.ToJsonString()
            ),
            "{}"u8.ToArray(),
            "{}"u8.ToArray(),
            Encoding.UTF8.GetBytes(content.ToJsonString()),
        ];

    private byte[] Sign(IEnumerable<byte[]> parts) =>
        Encoding.ASCII.GetBytes(
            Convert.ToHexStringLower(
                HMACSHA256.HashData(key, parts.SelectMany(part => part).ToArray())
            )
        );

    private KernelMessage Read(IReadOnlyList<byte[]> frames)
    {
        var parts = frames.SkipWhile(frame => !frame.SequenceEqual(Delimiter)).ToArray();
        Assert.Equal(Sign(parts[2..6]), parts[1]);
        var json = parts[2..6].Select(part => JsonNode.Parse(part)!.AsObject()).ToArray();
        return new((string)json[0]["msg_type"]!, (string?)json[1]["msg_id"], json[3], json[2]);
    }
}
