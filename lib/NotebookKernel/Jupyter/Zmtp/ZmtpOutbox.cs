namespace NotebookKernel;

/// <summary>What waits to be written to one peer, who may read slowly or not at all.</summary>
internal sealed class ZmtpOutbox
{
    /// <summary>The bytes that may wait while a cell goes on printing; it is slowed down to the reader's pace.</summary>
    public const int Comfortable = 8 << 20;

    /// <summary>The bytes that may wait at all; a peer with more is given up. A single message may be longer.</summary>
    public const int Maximum = 256 << 20;

    private const int Piece = 1 << 18;

    // How long a reader may take none of what waits before nobody waits for it any more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Queue<byte[]> messages = new();
    private long waiting;
    private long written;
    private bool stalled;
    private bool closed;

    /// <summary>Adds a message.</summary>
    /// <returns>Whether it could; if not, the peer is to be given up.</returns>
    public bool Add(byte[] message)
    {
        lock (messages)
        {
            if (waiting > 0 && waiting + message.Length > Maximum)
                return false;
            if (closed)
                return true;
            messages.Enqueue(message);
            waiting += message.Length;
            Monitor.PulseAll(messages);
            return true;
        }
    }

    /// <summary>Whether output may be added: its reader follows, or has not yet stopped for long.</summary>
    public bool HasRoom
    {
        get
        {
            lock (messages)
                return waiting <= Comfortable || !stalled || closed;
        }
    }

    /// <summary>Waits while much waits, for as long as the peer reads.</summary>
    public void WaitForRoom()
    {
        lock (messages)
        {
            while (waiting > Comfortable && !stalled && !closed)
            {
                var before = written;
                stalled = !Monitor.Wait(messages, Patience) && written == before;
            }
        }
    }

    /// <summary>Waits until everything is written.</summary>
    public void WaitUntilEmpty(TimeSpan patience)
    {
        var end = DateTime.UtcNow + patience;
        lock (messages)
            while (waiting > 0 && !closed && end - DateTime.UtcNow is { Ticks: > 0 } rest)
                Monitor.Wait(messages, rest);
    }

    /// <summary>Writes what is added, until the end.</summary>
    public void WriteTo(Stream stream)
    {
        while (Next() is { } message)
        {
            // In pieces, so that a slow reader of a long message is not taken for one who has stopped.
            for (var start = 0; start < message.Length; start += Piece)
            {
                var length = Math.Min(Piece, message.Length - start);
                stream.Write(message, start, length);
                Written(length);
            }
        }
    }

    /// <summary>Ends all waiting; what waits is dropped.</summary>
    public void Close()
    {
        lock (messages)
        {
            closed = true;
            messages.Clear();
            Monitor.PulseAll(messages);
        }
    }

    private byte[]? Next()
    {
        lock (messages)
        {
            while (messages.Count == 0 && !closed)
                Monitor.Wait(messages);
            return closed ? null : messages.Dequeue();
        }
    }

    private void Written(int bytes)
    {
        lock (messages)
        {
            waiting -= bytes;
            written += bytes;
            stalled = false;
            Monitor.PulseAll(messages);
        }
    }
}
