using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

/// <summary>A kernel in a process of its own, started as a front end starts it.</summary>
internal sealed class KernelProcess : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Starts a kernel with a connection file of five free ports, changed as the test wants it.</summary>
    public KernelProcess(Action<JsonObject>? change = null)
    {
        Connection = NewConnection();
        change?.Invoke(Connection);
        Process = Start(folder.Write("connection.json", Connection.ToJsonString()), folder.Path);
    }

    public JsonObject Connection { get; }

    public Process Process { get; }

    public int Port(string channel) => (int)Connection[$"{channel}_port"]!;

    /// <summary>The address of a channel, as a client connects to it.</summary>
    public EndPoint EndPoint(string channel) =>
        (string?)Connection["transport"] == "ipc"
            ? new UnixDomainSocketEndPoint($"{Connection["ip"]}-{Port(channel)}")
            : new IPEndPoint(IPAddress.Loopback, Port(channel));

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Process.WaitForExitAsync(patience.Token);
        return Process.ExitCode;
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
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(JupyterKernel).Assembly.Location);
        start.ArgumentList.Add(JupyterCommand.Name);
        start.ArgumentList.Add(connectionFile);
        return Process.Start(start)!;
    }
}
