using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Workbook.TestSupport;

/// <summary>A request that the fake hub has received.</summary>
internal sealed record HubRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    bool ToStore
)
{
    /// <summary>The first byte asked for.</summary>
    public long From =>
        Headers.TryGetValue("Range", out var range)
            ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
            : 0;
}

/// <summary>An answer of the fake hub; a body may be cut short, drip, or be announced with another length.</summary>
internal sealed record HubAnswer(
    int Status,
    byte[] Body,
    params (string Name, string Value)[] Headers
)
{
    public long? Announce { get; init; }
    public int? CutAfter { get; init; }
    public TimeSpan? Drip { get; init; }
    public TimeSpan? Delay { get; init; }
}

/// <summary>A server on loopback that speaks the hub's protocol, and misbehaves as a test asks.</summary>
/// <remarks>Large files are redirected to a second port, as the hub redirects to where it stores them.</remarks>
internal sealed class FakeHub : IDisposable
{
    private readonly TcpListener hub = new(IPAddress.Loopback, 0);
    private readonly TcpListener store = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Dictionary<string, byte[]> files;

    /// <summary>Serves files of one repository, "owner/model".</summary>
    public FakeHub(Dictionary<string, byte[]> files)
    {
        this.files = files;
        foreach (var listener in new[] { hub, store })
        {
            listener.Start();
            _ = AcceptAsync(listener);
        }
    }

    public const string Model = "owner/model";

    public string Commit { get; set; } = new('c', 40);

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)hub.LocalEndpoint).Port}");

    /// <summary>Every request, in the order of arrival.</summary>
    public ConcurrentQueue<HubRequest> Requests { get; } = [];

    /// <summary>Answers instead of the hub where it does not return null.</summary>
    public Func<HubRequest, HubAnswer?> Misbehave { get; set; } = _ => null;

    /// <summary>The files whose ETag is their SHA-256 and whose content lies in the store.</summary>
    public Func<string, bool> IsLarge { get; set; } =
        name =>
            name.EndsWith(".safetensors", StringComparison.Ordinal)
            || name.EndsWith(".bin", StringComparison.Ordinal);

    /// <summary>What an honest hub would answer.</summary>
    public HubAnswer Honest(HubRequest request)
    {
        var resolve = $"/{Model}/resolve/{Commit}/";
        if (request.ToStore)
            return Content(request, files[Uri.UnescapeDataString(request.Path[1..])]);
        if (request.Path.StartsWith($"/api/models/{Model}/revision/", StringComparison.Ordinal))
            return new HubAnswer(
                200,
                JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        sha = Commit,
                        siblings = files.Keys.Select(name => new { rfilename = name }),
                    }
                ),
                ("Content-Type", "application/json")
            );
        if (
            !request.Path.StartsWith(resolve, StringComparison.Ordinal)
            || Uri.UnescapeDataString(request.Path[resolve.Length..]) is not { } file
            || !files.TryGetValue(file, out var content)
        )
            return new HubAnswer(404, [], ("X-Error-Code", "RepoNotFound"));
        if (!IsLarge(file))
            return Content(
                request,
                content,
                ("ETag", $"\"{GitHash(content)}\""),
                ("X-Repo-Commit", Commit)
            );
        return new HubAnswer(
            302,
            [],
            ("Location", $"http://127.0.0.1:{((IPEndPoint)store.LocalEndpoint).Port}/{file}"),
            ("X-Linked-ETag", $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\""),
            ("X-Linked-Size", content.Length.ToString(CultureInfo.InvariantCulture)),
            ("X-Repo-Commit", Commit)
        );
    }

    /// <summary>A file, or what is left of it from where the request begins.</summary>
    public static HubAnswer Content(
        HubRequest request,
        byte[] content,
        params (string, string)[] headers
    )
    {
        if (request.From == 0)
            return new HubAnswer(200, content, headers);
        return request.From >= content.Length
            ? new HubAnswer(416, [], headers)
            : new HubAnswer(
                206,
                content[(int)request.From..],
                [
                    .. headers,
                    (
                        "Content-Range",
                        $"bytes {request.From}-{content.Length - 1}/{content.Length}"
                    ),
                ]
            );
    }

    /// <summary>Git's name for a file's content.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Git's own.")]
    public static string GitHash(byte[] content) =>
        Convert.ToHexStringLower(
            SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content])
        );

    public void Dispose()
    {
        ended.Cancel();
        hub.Dispose();
        store.Dispose();
        ended.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(ended.Token), listener == store);
        }
        catch (Exception error)
            when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        { }
    }

    private async Task ServeAsync(TcpClient client, bool toStore)
    {
        using (client)
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                if (await reader.ReadLineAsync(ended.Token) is not { } first)
                    return;
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (await reader.ReadLineAsync(ended.Token) is { Length: > 0 } line)
                    headers[line.Split(": ")[0]] = line.Split(": ", 2)[1];
                var request = new HubRequest(
                    first.Split(' ')[0],
                    first.Split(' ')[1],
                    headers,
                    toStore
                );
                Requests.Enqueue(request);
                await AnswerAsync(stream, request, Misbehave(request) ?? Honest(request));
            }
            catch (Exception error)
                when (error is IOException or OperationCanceledException or ObjectDisposedException)
            { }
    }

    private async Task AnswerAsync(NetworkStream stream, HubRequest request, HubAnswer answer)
    {
        await Task.Delay(answer.Delay ?? TimeSpan.Zero, ended.Token);
        var head = new StringBuilder($"HTTP/1.1 {answer.Status} As Asked\r\nConnection: close\r\n");
        head.Append(
            CultureInfo.InvariantCulture,
            $"Content-Length: {answer.Announce ?? answer.Body.Length}\r\n"
        );
        foreach (var (name, value) in answer.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\n"), ended.Token);
        if (request.Method == "HEAD")
            return;
        var body = answer.Body.AsMemory(
            0,
            Math.Min(answer.CutAfter ?? answer.Body.Length, answer.Body.Length)
        );
        if (answer.Drip is not { } pause)
            await stream.WriteAsync(body, ended.Token);
        else
            for (var i = 0; i < body.Length; i++)
            {
                await stream.WriteAsync(body.Slice(i, 1), ended.Token);
                await Task.Delay(pause, ended.Token);
            }
    }
}
