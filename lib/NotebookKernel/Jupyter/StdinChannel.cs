using System.Net;

namespace NotebookKernel;

/// <summary>By which a kernel asks the one who runs a cell for a line.</summary>
internal sealed class StdinChannel : IDisposable
{
    // A front end's sockets connect one by one: the first cell may be quicker than the last of them.
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly JupyterSession session;
    private readonly ZmtpListener listener;

    // One question at a time; the console's reader has a lock of its own.
    private readonly object gate = new();
    private ZmtpConnection? asked;
    private string? answer;

    /// <summary>Opens the channel.</summary>
    public StdinChannel(EndPoint endPoint, JupyterSession session)
    {
        this.session = session;
        listener = new(endPoint, "ROUTER", 1 << 24, Receive);
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="identity">Who is asked: the name that the requesting socket gave itself.</param>
    /// <param name="request">The request whose cell asks.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answer; null where the front end has gone.</returns>
    public string? Ask(byte[] identity, JupyterRequest request, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (Find(identity, cancellation) is not { } connection)
                return null;
            (asked, answer) = (connection, null);
            connection.Send(
                session.Write(
                    request.Routing,
                    "input_request",
                    new() { ["prompt"] = "", ["password"] = false },
                    request
                )
            );
            try
            {
                while (answer is null && !connection.IsClosed)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Monitor.Wait(gate, Look);
                }
                return answer;
            }
            finally
            {
                asked = null;
            }
        }
    }

    public void Dispose() => listener.Dispose();

    private ZmtpConnection? Find(byte[] identity, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; waited < Arrival; waited += Look)
        {
            // The last: one who reconnects comes under the same name.
            var found = listener.Connections.LastOrDefault(connection =>
                connection.Identity.AsSpan().SequenceEqual(identity)
            );
            if (found is not null)
                return found;
            cancellation.ThrowIfCancellationRequested();
            Monitor.Wait(gate, Look);
        }
        return null;
    }

    private void Receive(ZmtpConnection connection, IReadOnlyList<byte[]> frames)
    {
        if (session.Read(frames) is not { Type: "input_reply" } reply)
            return;
        lock (gate)
        {
            if (asked != connection)
                return;
            answer = reply.Content.Text("value");
            Monitor.PulseAll(gate);
        }
    }
}
