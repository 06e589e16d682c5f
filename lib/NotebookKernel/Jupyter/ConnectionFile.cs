using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NotebookKernel;

/// <summary>Where a front end wants to meet its kernel, and the key by which they know each other's messages.</summary>
internal sealed class ConnectionFile
{
    private const int MaximumBytes = 1 << 20;

    private readonly string path;
    private readonly JsonElement root;

    private ConnectionFile(string path, JsonElement root)
    {
        this.path = path;
        this.root = root;
        var scheme = Text("signature_scheme", "hmac-sha256");
        if (scheme != "hmac-sha256")
            throw Wrong("signature_scheme", $"'{scheme}'", "'hmac-sha256'");
        Key = Encoding.UTF8.GetBytes(Text("key", ""));
        Shell = EndPoint("shell_port");
        Control = EndPoint("control_port");
        Stdin = EndPoint("stdin_port");
        Iopub = EndPoint("iopub_port");
        Heartbeat = EndPoint("hb_port");
    }

    /// <summary>The key of the signatures; empty where messages are not signed.</summary>
    public byte[] Key { get; }

    public EndPoint Shell { get; }

    public EndPoint Control { get; }

    public EndPoint Stdin { get; }

    public EndPoint Iopub { get; }

    public EndPoint Heartbeat { get; }

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="ConnectionFileException">It is missing, or not what Jupyter writes.</exception>
    public static ConnectionFile Load(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaximumBytes })
                throw new ConnectionFileException(path, "too long for a connection file");
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new() { AllowDuplicateProperties = false }
            );
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(path, document.RootElement.Clone())
                : throw new ConnectionFileException(
                    path,
                    $"found {document.RootElement.ValueKind}, expected an object"
                );
        }
        catch (FileNotFoundException error)
        {
            throw new ConnectionFileException(path, "no such file", error);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConnectionFileException(path, error.Message, error);
        }
        catch (JsonException error)
        {
            throw new ConnectionFileException(path, $"not JSON: {error.Message}", error);
        }
    }

    private EndPoint EndPoint(string key)
    {
        var port = Port(key);
        var ip = Text("ip", "127.0.0.1");
        switch (Text("transport", "tcp"))
        {
            case "tcp":
                return new IPEndPoint(Address(ip), port);
            case "ipc":
                try
                {
                    // Jupyter's rule: the "ip" is a path, and the "port" a number behind it.
                    return new UnixDomainSocketEndPoint(Path.GetFullPath($"{ip}-{port}"));
                }
                catch (Exception error) when (error is ArgumentException or NotSupportedException)
                {
                    throw Wrong("ip", $"'{ip}'", "a path that a Unix socket can have");
                }
            case var other:
                throw Wrong("transport", $"'{other}'", "'tcp' or 'ipc'");
        }
    }

    private IPAddress Address(string ip) =>
        ip switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            _ when IPAddress.TryParse(ip, out var address) => address,
            _ => throw Wrong("ip", $"'{ip}'", "an address such as '127.0.0.1'"),
        };

    private int Port(string key)
    {
        if (!root.TryGetProperty(key, out var value))
            throw Wrong(key, "nothing", "a port");
        return
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var port)
            && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : throw Wrong(key, Shown(value), $"a port from 1 to {IPEndPoint.MaxPort}");
    }

    private string Text(string key, string otherwise)
    {
        if (!root.TryGetProperty(key, out var value))
            return otherwise;
        return JsonContent.TryText(value) ?? throw Wrong(key, Shown(value), "a string");
    }

    // One line, and not all of a long value.
    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length > 40 ? text[..40] + "..." : text;
    }

    private ConnectionFileException Wrong(string key, string found, string expected) =>
        new(path, $"{key}: found {found}, expected {expected}");
}
