using System.Net.Sockets;
using System.Text;

namespace NotebookKernel.Tests;

/// <summary>Whatever comes to the kernel's ports, it goes on answering those who know the key.</summary>
public class HostileClientTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private static readonly string[] Channels = ["shell", "control", "stdin", "iopub", "hb"];

    private readonly KernelClient client = fixture.Client;

    [Fact]
    public void Messages_that_are_not_signed_or_wrongly_are_dropped()
    {
        client.SendForged([]);
        client.SendForged(Encoding.ASCII.GetBytes(new string('0', 64)));
        client.SendForged(new byte[1000]);
        Assert.True(client.IsSilent());
        AssertAlive();
    }

    [Fact]
    public void Garbage_at_the_ports_is_harmless()
    {
        byte[][] garbage =
        [
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
            [],
            [0xFF],
            new byte[100_000],
            [.. Greeting(), 4, 255, .. new byte[10]], // a READY cut short
            [.. Greeting(), 6, 0x7F, 255, 255, 255, 255, 255, 255, 255], // of 2^63 bytes
            [.. Greeting(), .. ZmtpFrame.Command("READY"u8, [200, 1, 2])],
        ];
        foreach (var channel in Channels)
        foreach (var bytes in garbage)
        {
            using var socket = Connect(channel);
            Send(socket, bytes);
        }
        AssertAlive();
    }

    [Fact]
    public void A_frame_longer_than_a_message_may_be_ends_that_connection_alone()
    {
        using var socket = Connect("shell");
        Greet(socket, "DEALER");
        Send(socket, [2, 0, 0, 0, 0x40, 0, 0, 0, 0]); // a terabyte is announced
        AssertEnds(socket);
        AssertAlive();
    }

    [Fact]
    public void A_message_of_endless_parts_ends_that_connection_alone()
    {
        using var socket = Connect("shell");
        Greet(socket, "DEALER");
        Send(socket, [.. Enumerable.Repeat<byte[]>([1, 0], 5000).SelectMany(part => part)]);
        AssertEnds(socket);
        AssertAlive();
    }

    [Fact]
    public void A_message_that_never_comes_to_its_end_disturbs_nobody()
    {
        using var socket = Connect("shell");
        Greet(socket, "DEALER");
        Send(socket, [2, 0, 0, 0, 0, 1, 0, 0, 0, 7]); // one byte of 16 million
        AssertAlive();
    }

    [Fact]
    public void A_hundred_connections_that_say_nothing_leave_room_when_they_have_gone()
    {
        var sockets = Enumerable.Range(0, 100).Select(_ => Connect("shell")).ToArray();
        AssertAlive();
        foreach (var socket in sockets)
            socket.Dispose();
        using var second = new KernelClient(fixture.Kernel);
        Assert.Equal("1", second.Execute("1").Value);
    }

    [Fact]
    public void Two_clients_share_the_variables_and_each_gets_its_own_replies()
    {
        using var second = new KernelClient(fixture.Kernel);
        var id = client.Start("await Task.Delay(100); var shared = 3;");
        client.WaitFor(id, "execute_input"); // it was there first
        Assert.Equal("3", second.Execute("shared").Value);
        Assert.Equal("ok", client.End(id).Reply.Text("status"));
        // Both hear all that is published.
        client.WaitFor(message => message.Text("code") == "shared");
    }

    [Fact]
    public void A_front_end_that_stops_reading_neither_stops_the_cell_nor_misses_outputs_unawares()
    {
        var socket = Connect("iopub");
        using var slow = new ZmtpConnection(socket, "SUB", [], long.MaxValue);
        slow.Send([
            [1],
        ]);
        client.Execute("1");
        // 64 MB, of which a few fit into what waits.
        var answer = client.Execute(
            "for (var i = 0; i < 64; i++) Console.Write(new string('x', 1 << 20));"
        );
        Assert.Equal("ok", answer.Reply.Text("status"));
        Assert.Equal(64 << 20, answer.Stream("stdout").Length);
        var (length, told) = (0L, false);
        while (!told && slow.Receive() is { } message)
        {
            length += message.Sum(part => (long)part.Length);
            told = Encoding
                .UTF8.GetString(message[^1])
                .Contains("outputs are missing here", StringComparison.Ordinal);
        }
        Assert.True(told);
        Assert.InRange(length, 1, 48 << 20);
    }

    private void AssertAlive() => Assert.Equal("2", client.Execute("1 + 1").Value);

    private Socket Connect(string channel) =>
        KernelProcess.Connect(fixture.Kernel.EndPoint(channel));

    private static byte[] Greeting()
    {
        var greeting = new byte[64];
        (greeting[0], greeting[9], greeting[10]) = (0xFF, 0x7F, 3);
        "NULL"u8.CopyTo(greeting.AsSpan(12));
        return greeting;
    }

    // As a client of another making would.
    private static void Greet(Socket socket, string type)
    {
        byte[] socketType = Encoding.ASCII.GetBytes(type);
        byte[] property = [11, .. "Socket-Type"u8, 0, 0, 0, (byte)type.Length, .. socketType];
        Send(socket, [.. Greeting(), 4, (byte)(6 + property.Length), 5, .. "READY"u8, .. property]);
    }

    private static void Send(Socket socket, byte[] bytes)
    {
        try
        {
            socket.Send(bytes);
        }
        catch (SocketException)
        {
            // The kernel has had enough already.
        }
    }

    private static void AssertEnds(Socket socket)
    {
        var buffer = new byte[1 << 12];
        socket.ReceiveTimeout = 60_000;
        try
        {
            while (socket.Receive(buffer) > 0) { }
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        }
    }
}
