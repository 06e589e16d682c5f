using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>A kernel in a process of its own, started as a front end starts it.</summary>
internal sealed class KernelProcess : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private KernelProcess(JsonObject connection, Process process) =>
        (Connection, Process) = (connection, process);

    /// <summary>Starts a kernel with a connection file of five free ports, changed as the test wants it.</summary>
    public KernelProcess(Action<JsonObject>? change = null)
    {
        Connection = NewConnection();
        change?.Invoke(Connection);
        Process = Start(folder.Write("connection.json", Connection.ToJsonString()), folder.Path);
    }

    /// <summary>Starts a kernel whose parent is a shell.</summary>
    public static KernelProcess UnderShell(TemporaryFolder folder, out Process shell)
    {
        var connection = NewConnection();
        var file = folder.Write("connection.json", connection.ToJsonString());
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("\"$@\" & echo $!; wait");
        foreach (var argument in (string[])["sh", .. Arguments(file)])
            start.ArgumentList.Add(argument);
        shell = Process.Start(start)!;
        var id = int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        return new(connection, Process.GetProcessById(id));
    }

    public JsonObject Connection { get; }

    public Process Process { get; }

    public int Port(string channel) => (int)Connection[$"{channel}_port"]!;

    /// <summary>The address of a channel, as a client connects to it.</summary>
    public EndPoint EndPoint(string channel) =>
        (string?)Connection["transport"] == "ipc"
            ? new UnixDomainSocketEndPoint($"{Connection["ip"]}-{Port(channel)}")
            : new IPEndPoint(IPAddress.Loopback, Port(channel));

    /// <summary>A connection to one of a kernel's addresses, which may have only just been started.</summary>
    public static Socket Connect(EndPoint endPoint)
    {
        for (var attempt = 0; ; attempt++)
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
            catch (SocketException) when (attempt < 1000)
            {
                socket.Dispose();
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Process.WaitForExitAsync(patience.Token);
    }

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
        folder.Dispose();
    }

    public static JsonObject NewConnection()
    {
        // All at once, so that they differ.
        var listeners = Enumerable
            .Range(0, 5)
            .Select(_ => new TcpListener(IPAddress.Loopback, 0))
            .ToArray();
        var connection = new JsonObject
        {
            ["transport"] = "tcp",
            ["ip"] = "127.0.0.1",
            ["key"] = Guid.NewGuid().ToString(),
            ["signature_scheme"] = "hmac-sha256",
        };
        string[] channels = ["shell", "control", "stdin", "iopub", "hb"];
        foreach (var (channel, listener) in channels.Zip(listeners))
        {
            listener.Start();
            connection[$"{channel}_port"] = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        foreach (var listener in listeners)
            listener.Dispose();
        return connection;
    }

    public static Process Start(string connectionFile, string workingFolder)
    {
        var arguments = Arguments(connectionFile);
        var start = new ProcessStartInfo(arguments[0], arguments[1..])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static string[] Arguments(string connectionFile) =>
        [
            DotnetHost.Path,
            typeof(JupyterKernel).Assembly.Location,
            JupyterCommand.Name,
            connectionFile,
        ];
}
