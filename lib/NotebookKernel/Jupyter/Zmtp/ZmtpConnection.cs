using System.Net.Sockets;

namespace NotebookKernel;

/// <summary>One ZMTP connection, of either side.</summary>
/// <remarks>
/// It has threads of its own and uses none of the pool's: a cell may keep all of those busy, and must yet be interrupted.
/// </remarks>
internal sealed class ZmtpConnection : IDisposable
{
    private const int MaximumParts = 1024;
    private const int MaximumSubscriptions = 64;

    // How long a peer may take to introduce itself.
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(10);

    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly BufferedStream reader;
    private readonly ZmtpOutbox outbox = new();
    private readonly long maximumMessage;
    private readonly List<byte[]> subscriptions = [];
    private readonly bool publishes;
    private volatile bool closed;

    /// <summary>Introduces both sides to each other.</summary>
    /// <param name="socket">The connected socket, which the connection then owns.</param>
    /// <param name="socketType">What this side is.</param>
    /// <param name="identity">What this side wants to be called; empty for no name.</param>
    /// <param name="maximumMessage">The bytes that a message of the peer may have.</param>
    /// <exception cref="IOException">The peer left, is too slow, or does not speak ZMTP 3.</exception>
    public ZmtpConnection(Socket socket, string socketType, byte[] identity, long maximumMessage)
    {
        this.socket = socket;
        this.maximumMessage = maximumMessage;
        publishes = socketType == "PUB";
        if (socket.AddressFamily != AddressFamily.Unix)
            socket.NoDelay = true;
        stream = new(socket, ownsSocket: true);
        reader = new(stream, 1 << 16);
        using var deadline = new Timer(
            _ => Dispose(),
            null,
            Introduction,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            Identity = ZmtpHandshake.Run(reader, stream, socketType, identity).Identity;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            Dispose();
            throw new ZmtpException(error.Message);
        }
        new Thread(Write, 1 << 18) { IsBackground = true, Name = $"{socketType} writer" }.Start();
    }

    /// <summary>What the peer wants to be called; empty where it does not care.</summary>
    public byte[] Identity { get; }

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed => closed;

    /// <summary>Whether output to this peer was left out, because it had stopped reading.</summary>
    public bool HasMissed { get; set; }

    /// <summary>Waits for a message.</summary>
    /// <returns>Its parts; null at the end of the connection.</returns>
    public IReadOnlyList<byte[]>? Receive()
    {
        try
        {
            while (true)
            {
                var message = ReadMessage();
                if (!publishes)
                    return message;
                if (message is [[0 or 1, ..] subscription])
                    Subscribe(subscription[1..], subscription[0] == 1);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            Dispose();
            return null;
        }
    }

    /// <summary>Sends a message, in the order of the calls; returns at once.</summary>
    public void Send(IReadOnlyList<byte[]> parts) => SendEncoded(ZmtpFrame.Message(parts));

    /// <summary>Sends what <see cref="ZmtpFrame.Message"/> has made, for several peers.</summary>
    public void SendEncoded(byte[] message)
    {
        if (!outbox.Add(message))
            Dispose();
    }

    /// <inheritdoc cref="ZmtpOutbox.HasRoom"/>
    public bool HasRoom => outbox.HasRoom;

    /// <inheritdoc cref="ZmtpOutbox.WaitForRoom"/>
    public void WaitForRoom() => outbox.WaitForRoom();

    /// <inheritdoc cref="ZmtpOutbox.WaitUntilEmpty"/>
    public void WaitUntilSent(TimeSpan patience) => outbox.WaitUntilEmpty(patience);

    /// <summary>Whether the peer has subscribed to messages that begin so.</summary>
    public bool Wants(ReadOnlySpan<byte> topic)
    {
        lock (subscriptions)
            foreach (var subscription in subscriptions)
                if (topic.StartsWith(subscription))
                    return true;
        return false;
    }

    public void Dispose()
    {
        closed = true;
        outbox.Close();
        try
        {
            // Wakes this connection's threads, which closing alone does not everywhere.
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The peer was quicker.
        }
        socket.Dispose();
    }

    private List<byte[]> ReadMessage()
    {
        var parts = new List<byte[]>();
        var room = maximumMessage;
        while (true)
        {
            var frame = ZmtpFrame.Read(reader, room);
            if (frame.Flags.HasFlag(ZmtpFrameFlags.Command))
            {
                Obey(frame);
                continue;
            }
            parts.Add(frame.Body);
            room -= frame.Body.Length;
            if (!frame.Flags.HasFlag(ZmtpFrameFlags.More))
                return parts;
            if (parts.Count == MaximumParts)
                throw new ZmtpException($"a message of more than {MaximumParts} parts");
        }
    }

    // Commands of ZMTP 3.1, which libzmq sends where a client turned its heartbeats on; unknown ones are to be ignored.
    private void Obey(ZmtpFrame command)
    {
        if (command.Data("PING"u8) is [_, _, .. var context])
            SendEncoded(ZmtpFrame.Command("PONG"u8, context));
        else if (command.Data("SUBSCRIBE"u8) is { } topic)
            Subscribe(topic, true);
        else if (command.Data("CANCEL"u8) is { } cancelled)
            Subscribe(cancelled, false);
    }

    private void Subscribe(byte[] topic, bool wanted)
    {
        lock (subscriptions)
        {
            if (wanted && subscriptions.Count < MaximumSubscriptions)
                subscriptions.Add(topic);
            else if (
                !wanted
                && subscriptions.FindIndex(own => own.AsSpan().SequenceEqual(topic))
                    is >= 0
                        and var index
            )
                subscriptions.RemoveAt(index);
        }
    }

    private void Write()
    {
        try
        {
            outbox.WriteTo(stream);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            Dispose();
        }
    }
}
