using System.Buffers.Binary;
using System.Text;

namespace NotebookKernel;

/// <summary>How two ZMTP 3.0 sockets greet each other, without encryption (mechanism NULL).</summary>
/// <remarks>The specification: https://rfc.zeromq.org/spec/23/.</remarks>
internal static class ZmtpHandshake
{
    private const int GreetingLength = 64;
    private const int MaximumReady = 4096;

    /// <summary>Greets the peer and hears who it is.</summary>
    /// <param name="input">What the peer sends.</param>
    /// <param name="output">What the peer gets.</param>
    /// <param name="socketType">What this side is: <c>ROUTER</c>, <c>PUB</c> ...</param>
    /// <param name="identity">What this side wants to be called; empty for no name.</param>
    /// <returns>What the peer is, and its identity.</returns>
    /// <exception cref="ZmtpException">It does not speak ZMTP 3, or is of a type that does not fit.</exception>
    public static (string SocketType, byte[] Identity) Run(
        Stream input,
        Stream output,
        string socketType,
        byte[] identity
    )
    {
        var greeting = Greeting();
        output.Write(greeting);
        var theirs = new byte[GreetingLength];
        input.ReadExactly(theirs);
        // Byte 10 is the major version: a later one steps back to ours.
        if (
            theirs[0] != greeting[0]
            || theirs[9] != greeting[9]
            || theirs[10] < greeting[10]
            || !theirs.AsSpan(12, 20).SequenceEqual(greeting.AsSpan(12, 20))
        )
            throw new ZmtpException("no greeting of ZMTP 3 without encryption");

        output.Write(
            ZmtpFrame.Command(
                "READY"u8,
                [
                    .. Property("Socket-Type", Encoding.ASCII.GetBytes(socketType)),
                    .. Property("Identity", identity),
                ]
            )
        );
        var ready =
            ZmtpFrame.Read(input, MaximumReady).Data("READY"u8)
            ?? throw new ZmtpException("no READY after the greeting");
        var properties = Properties(ready);
        var type = Encoding.ASCII.GetString(properties.GetValueOrDefault("socket-type", []));
        if (!Fits(socketType, type))
            throw new ZmtpException($"a {socketType} socket cannot talk to '{type}'");
        return (type, properties.GetValueOrDefault("identity", []));
    }

    // Signature, version 3.0, mechanism NULL, not a server, filler.
    private static byte[] Greeting()
    {
        var greeting = new byte[GreetingLength];
        greeting[0] = 0xFF;
        greeting[9] = 0x7F;
        greeting[10] = 3;
        "NULL"u8.CopyTo(greeting.AsSpan(12));
        return greeting;
    }

    private static byte[] Property(string name, byte[] value)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        return [(byte)name.Length, .. Encoding.ASCII.GetBytes(name), .. length, .. value];
    }

    private static Dictionary<string, byte[]> Properties(ReadOnlySpan<byte> data)
    {
        var properties = new Dictionary<string, byte[]>();
        while (data.Length > 0)
        {
            var name = Take(ref data, Take(ref data, 1)[0]);
            var length = BinaryPrimitives.ReadInt32BigEndian(Take(ref data, 4));
            properties[Encoding.ASCII.GetString(name).ToLowerInvariant()] = Take(ref data, length)
                .ToArray();
        }
        return properties;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> data, int length)
    {
        if (length < 0 || length > data.Length)
            throw new ZmtpException("a property of READY is longer than READY");
        var taken = data[..length];
        data = data[length..];
        return taken;
    }

    private static bool Fits(string own, string peer) =>
        own switch
        {
            "ROUTER" => peer is "DEALER" or "REQ" or "ROUTER",
            "DEALER" => peer is "DEALER" or "REP" or "ROUTER",
            "REP" => peer is "REQ" or "DEALER",
            "REQ" => peer is "REP" or "ROUTER",
            "PUB" => peer is "SUB" or "XSUB",
            "SUB" => peer is "PUB" or "XPUB",
            _ => false,
        };
}
