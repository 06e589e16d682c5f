using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>What a kernel tells everybody: outputs, errors, and whether it is busy.</summary>
internal sealed class IopubChannel : IDisposable
{
    // Text is gathered for so long, or until there is so much: a loop that prints characters would flood front ends.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);
    private const int GatheredCharacters = 1 << 16;

    private readonly JupyterSession session;
    private readonly ZmtpListener listener;
    private readonly object gate = new();
    private readonly StringBuilder text = new();
    private JupyterRequest? textParent;
    private string textStream = "";

    /// <summary>Opens the channel.</summary>
    public IopubChannel(EndPoint endPoint, JupyterSession session)
    {
        this.session = session;
        // Only subscriptions come from this side.
        listener = new(endPoint, "PUB", 1 << 12, (_, _) => { });
        new Thread(FlushForEver) { IsBackground = true, Name = "iopub text" }.Start();
    }

    /// <summary>Says whether the kernel works: <c>starting</c>, <c>busy</c> or <c>idle</c>.</summary>
    public void Status(string state, JupyterRequest? parent) =>
        Publish("status", new() { ["execution_state"] = state }, parent);

    /// <summary>Publishes what every front end has to get.</summary>
    public void Publish(string type, JsonObject content, JupyterRequest? parent)
    {
        lock (gate)
        {
            FlushText();
            Send(type, content, parent, isOutput: false);
        }
    }

    /// <summary>Publishes an output of a running cell, which waits where a front end is slow.</summary>
    public void PublishOutput(string type, JsonObject content, JupyterRequest? parent)
    {
        WaitForReaders();
        lock (gate)
        {
            FlushText();
            Send(type, content, parent, isOutput: true);
        }
    }

    /// <summary>Publishes text of a running cell, together with what follows soon.</summary>
    public void PublishText(string stream, string written, JupyterRequest? parent)
    {
        WaitForReaders();
        lock (gate)
        {
            if (textStream != stream || textParent != parent)
                FlushText();
            (textStream, textParent) = (stream, parent);
            text.Append(written);
            if (text.Length >= GatheredCharacters)
                FlushText();
            else
                Monitor.Pulse(gate);
        }
    }

    /// <summary>Publishes the text that is still gathered.</summary>
    public void Flush()
    {
        lock (gate)
            FlushText();
    }

    /// <summary>Waits until the front ends were sent everything.</summary>
    public void WaitUntilSent(TimeSpan patience)
    {
        Flush();
        foreach (var connection in listener.Connections)
            connection.WaitUntilSent(patience);
    }

    public void Dispose() => listener.Dispose();

    // Not within the lock: the cell waits, and the kernel must not.
    private void WaitForReaders()
    {
        foreach (var connection in listener.Connections)
            connection.WaitForRoom();
    }

    private void FlushForEver()
    {
        while (true)
        {
            lock (gate)
                while (text.Length == 0)
                    Monitor.Wait(gate);
            Thread.Sleep(Gathering);
            Flush();
        }
    }

    private void FlushText()
    {
        if (text.Length == 0)
            return;
        var content = new JsonObject { ["name"] = textStream, ["text"] = text.ToString() };
        text.Clear();
        Send("stream", content, textParent, isOutput: true);
    }

    private void Send(string type, JsonObject content, JupyterRequest? parent, bool isOutput)
    {
        var topic = Encoding.ASCII.GetBytes($"kernel.{type}");
        byte[]? message = null;
        foreach (
            var connection in listener.Connections.Where(connection => connection.Wants(topic))
        )
        {
            if (isOutput && !connection.HasRoom)
            {
                connection.HasMissed = true;
                continue;
            }
            if (connection.HasMissed)
                connection.Send(Missed(parent));
            connection.HasMissed = false;
            connection.SendEncoded(
                message ??= ZmtpFrame.Message(session.Write([topic], type, content, parent))
            );
        }
    }

    private IReadOnlyList<byte[]> Missed(JupyterRequest? parent) =>
        session.Write(
            ["kernel.stream"u8.ToArray()],
            "stream",
            new()
            {
                ["name"] = "stderr",
                ["text"] = "[outputs are missing here: this front end had stopped reading them]\n",
            },
            parent
        );
}
