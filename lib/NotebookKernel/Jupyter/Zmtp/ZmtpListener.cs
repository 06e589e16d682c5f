using System.Net;
using System.Net.Sockets;

namespace NotebookKernel;

/// <summary>A bound ZMTP socket: accepts peers, and hands on what they send.</summary>
internal sealed class ZmtpListener : IDisposable
{
    private const int MaximumPeers = 64;

    private readonly Socket socket;
    private readonly EndPoint endPoint;
    private readonly string socketType;
    private readonly long maximumMessage;
    private readonly Action<ZmtpConnection, IReadOnlyList<byte[]>> receive;
    private readonly List<ZmtpConnection> connections = [];
    private int peers;

    /// <summary>Listens at an address, and only there.</summary>
    /// <param name="endPoint">The address: TCP or a Unix socket.</param>
    /// <param name="socketType"><c>ROUTER</c>, <c>REP</c> or <c>PUB</c>.</param>
    /// <param name="maximumMessage">The bytes that a message to this socket may have.</param>
    /// <param name="receive">Called with each message, on its connection's thread.</param>
    /// <exception cref="SocketException">The address is in use, or not this machine's.</exception>
    public ZmtpListener(
        EndPoint endPoint,
        string socketType,
        long maximumMessage,
        Action<ZmtpConnection, IReadOnlyList<byte[]>> receive
    )
    {
        this.endPoint = endPoint;
        this.socketType = socketType;
        this.maximumMessage = maximumMessage;
        this.receive = receive;
        var isTcp = endPoint is IPEndPoint;
        socket = new(
            endPoint.AddressFamily,
            SocketType.Stream,
            isTcp ? ProtocolType.Tcp : ProtocolType.Unspecified
        );
        // Windows would let another process listen at the same port.
        if (OperatingSystem.IsWindows() && isTcp)
            socket.ExclusiveAddressUse = true;
        DeleteLeftSocket();
        socket.Bind(endPoint);
        // Only this user's, as the connection file is.
        if (!isTcp && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                endPoint.ToString()!,
                UnixFileMode.UserRead | UnixFileMode.UserWrite
            );
        socket.Listen();
        new Thread(Accept, 1 << 18)
        {
            IsBackground = true,
            Name = $"{socketType} listener",
        }.Start();
    }

    /// <summary>Those who are connected now, in the order in which they came.</summary>
    public IReadOnlyList<ZmtpConnection> Connections
    {
        get
        {
            lock (connections)
                return [.. connections];
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        DeleteLeftSocket();
    }

    // A kernel that was killed leaves the files of its Unix sockets behind, and a restarted one has the same addresses.
    // An empty file is all that this deletes, whatever a connection file names.
    private void DeleteLeftSocket()
    {
        if (
            endPoint is UnixDomainSocketEndPoint
            && new FileInfo(endPoint.ToString()!) is { Exists: true, Length: 0 } left
        )
            left.Delete();
    }

    private void Accept()
    {
        while (true)
        {
            Socket peer;
            try
            {
                peer = socket.Accept();
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer left while it was accepted, or there are too many open files just now.
                Thread.Sleep(10);
                continue;
            }
            if (Interlocked.Increment(ref peers) > MaximumPeers)
                Leave(peer);
            else
                new Thread(() => Serve(peer), 1 << 19)
                {
                    IsBackground = true,
                    Name = $"{socketType} reader",
                }.Start();
        }
    }

    private void Serve(Socket peer)
    {
        try
        {
            using var connection = new ZmtpConnection(peer, socketType, [], maximumMessage);
            lock (connections)
                connections.Add(connection);
            while (connection.Receive() is { } message)
                receive(connection, message);
            lock (connections)
                connections.Remove(connection);
        }
        catch (IOException)
        {
            // Not a peer of this protocol: a port scanner, a browser.
        }
        finally
        {
            Leave(peer);
        }
    }

    private void Leave(Socket peer)
    {
        peer.Dispose();
        Interlocked.Decrement(ref peers);
    }
}
