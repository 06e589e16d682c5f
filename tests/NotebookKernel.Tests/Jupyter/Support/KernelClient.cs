using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>A front end: the five sockets of a client, and messages that it signs and checks by itself.</summary>
internal sealed class KernelClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    private readonly KernelProcess kernel;
    private readonly byte[] identity = Guid.NewGuid().ToByteArray();
    private readonly byte[] key;
    private readonly List<ZmtpConnection> connections = [];
    private readonly ZmtpConnection shell;
    private readonly ZmtpConnection control;
    private readonly ZmtpConnection stdin;
    private readonly BlockingCollection<KernelMessage> shellReplies;
    private readonly BlockingCollection<KernelMessage> controlReplies;
    private readonly BlockingCollection<KernelMessage> questions;

    /// <summary>Connects, and waits until the kernel answers and its outputs arrive.</summary>
    public KernelClient(KernelProcess kernel)
    {
        this.kernel = kernel;
        key = Encoding.UTF8.GetBytes((string)kernel.Connection["key"]!);
        (shell, shellReplies) = Open("shell", "DEALER");
        (control, controlReplies) = Open("control", "DEALER");
        (stdin, questions) = Open("stdin", "DEALER");
        (var iopub, Published) = Open("iopub", "SUB");
        iopub.Send([
            [1],
        ]); // subscribes to everything
        do
        {
            var id = Send(shell, "kernel_info_request", []);
            Take(shellReplies, id);
        } while (!Published.TryTake(out _, TimeSpan.FromMilliseconds(200)));
        while (Published.TryTake(out _, TimeSpan.FromMilliseconds(200))) { }
    }

    /// <summary>What the kernel publishes, as it comes.</summary>
    public BlockingCollection<KernelMessage> Published { get; }

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
    public KernelMessage WaitFor(string type, Func<KernelMessage, bool>? which = null)
    {
        while (true)
            if (
                Next(Published) is var message
                && message.Type == type
                && which?.Invoke(message) != false
            )
                return message;
    }

    /// <summary>Waits for the kernel's question, and answers it.</summary>
    public KernelMessage AnswerInput(string text)
    {
        var question = Next(questions);
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
    public bool IsSilent() => !shellReplies.TryTake(out _, TimeSpan.FromMilliseconds(300));

    /// <summary>A raw connection to one of the kernel's addresses.</summary>
    public static Socket Connect(EndPoint endPoint)
    {
        for (var end = DateTime.UtcNow + Patience; ; Thread.Sleep(20))
        {
            var socket = new Socket(
                endPoint.AddressFamily,
                SocketType.Stream,
                ProtocolType.Unspecified
            );
            try
            {
                socket.Connect(endPoint);
                return socket;
            }
            catch (SocketException) when (DateTime.UtcNow < end)
            {
                socket.Dispose(); // it has only just been started
            }
        }
    }

    public void Dispose() => connections.ForEach(connection => connection.Dispose());

    private (ZmtpConnection, BlockingCollection<KernelMessage>) Open(string channel, string type)
    {
        var socket = Connect(kernel.EndPoint(channel));
        var connection = new ZmtpConnection(socket, type, identity, long.MaxValue);
        connections.Add(connection);
        var messages = new BlockingCollection<KernelMessage>();
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

    private KernelAnswer End(BlockingCollection<KernelMessage> replies, string id)
    {
        var published = new List<KernelMessage>();
        while (
            published is not [.., { Type: "status", Content: var status }]
            || (string?)status["execution_state"] != "idle"
        )
            published.Add(Take(Published, id));
        return new(Take(replies, id), published);
    }

    // What belongs to other requests is passed over.
    private static KernelMessage Take(BlockingCollection<KernelMessage> messages, string id)
    {
        while (true)
            if (Next(messages) is var message && message.ParentId == id)
                return message;
    }

    private static KernelMessage Next(BlockingCollection<KernelMessage> messages) =>
        messages.TryTake(out var message, Patience)
            ? message
            : throw new TimeoutException("the kernel says nothing");

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
