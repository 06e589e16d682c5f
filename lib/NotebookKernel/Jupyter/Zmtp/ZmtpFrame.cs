using System.Buffers.Binary;

namespace NotebookKernel;

/// <summary>The unit of the wire: a part of a message, or a command between the sockets themselves.</summary>
/// <param name="Flags">What the body is.</param>
/// <param name="Body">Its bytes.</param>
internal readonly record struct ZmtpFrame(ZmtpFrameFlags Flags, byte[] Body)
{
    // How much is allocated before the bytes come that a header announces.
    private const int Trusted = 1 << 16;

    /// <summary>Reads a frame.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="room">How long its body may be.</param>
    /// <exception cref="ZmtpException">It is longer, or no frame.</exception>
    /// <exception cref="EndOfStreamException">The peer has left.</exception>
    public static ZmtpFrame Read(Stream stream, long room)
    {
        Span<byte> header = stackalloc byte[8];
        stream.ReadExactly(header[..1]);
        var flags = (ZmtpFrameFlags)header[0];
        if ((flags & ~ZmtpFrameFlags.All) != 0)
            throw new ZmtpException($"a frame begins with 0x{header[0]:x2}");
        var isLong = flags.HasFlag(ZmtpFrameFlags.Long);
        header = header[..(isLong ? 8 : 1)];
        stream.ReadExactly(header);
        var length = isLong ? BinaryPrimitives.ReadInt64BigEndian(header) : header[0];
        if (length < 0 || length > room)
            throw new ZmtpException($"a frame of {length} bytes, where at most {room} may come");
        return new(flags, ReadBody(stream, (int)length));
    }

    /// <summary>A message as it goes over the wire: a frame a part.</summary>
    public static byte[] Message(IReadOnlyList<byte[]> parts)
    {
        var message = new byte[parts.Sum(part => HeaderLength(part) + (long)part.Length)];
        var rest = message.AsSpan();
        for (var i = 0; i < parts.Count; i++)
            rest = Write(
                i < parts.Count - 1 ? ZmtpFrameFlags.More : ZmtpFrameFlags.None,
                parts[i],
                rest
            );
        return message;
    }

    /// <summary>A command as it goes over the wire.</summary>
    public static byte[] Command(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        byte[] body = [(byte)name.Length, .. name, .. data];
        var command = new byte[HeaderLength(body) + body.Length];
        Write(ZmtpFrameFlags.Command, body, command);
        return command;
    }

    /// <summary>The data of a command of that name; null where this is another, or none.</summary>
    public byte[]? Data(ReadOnlySpan<byte> command) =>
        Flags.HasFlag(ZmtpFrameFlags.Command)
        && Body.Length > command.Length
        && Body[0] == command.Length
        && Body.AsSpan(1).StartsWith(command)
            ? Body[(1 + command.Length)..]
            : null;

    private static byte[] ReadBody(Stream stream, int length)
    {
        var body = new byte[Math.Min(length, Trusted)];
        stream.ReadExactly(body);
        for (var read = body.Length; read < length; read = body.Length)
        {
            Array.Resize(ref body, (int)Math.Min(length, 2L * read));
            stream.ReadExactly(body.AsSpan(read));
        }
        return body;
    }

    private static int HeaderLength(byte[] body) => body.Length > byte.MaxValue ? 9 : 2;

    private static Span<byte> Write(ZmtpFrameFlags flags, byte[] body, Span<byte> destination)
    {
        var header = HeaderLength(body);
        if (header == 2)
        {
            destination[0] = (byte)flags;
            destination[1] = (byte)body.Length;
        }
        else
        {
            destination[0] = (byte)(flags | ZmtpFrameFlags.Long);
            BinaryPrimitives.WriteInt64BigEndian(destination[1..], body.Length);
        }
        body.CopyTo(destination[header..]);
        return destination[(header + body.Length)..];
    }
}
