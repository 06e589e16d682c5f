using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workbook.TestSupport;

/// <summary>A request that a fake server has received.</summary>
internal sealed record FakeRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    /// <summary>The first byte asked for.</summary>
    public long From =>
        Headers.TryGetValue("Range", out var range)
            ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
            : 0;
}

/// <summary>An answer of a fake server; its body may be cut short, drip, or be announced with another length.</summary>
internal sealed record FakeAnswer(
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

/// <summary>An HTTP server on loopback that answers as a test asks, also against the rules of HTTP.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Func<FakeRequest, FakeAnswer> answer;

    public FakeServer(Func<FakeRequest, FakeAnswer> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Every request, in the order of arrival.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    public void Dispose()
    {
        ended.Cancel();
        listener.Dispose();
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(ended.Token));
        }
        catch (Exception error)
            when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                await using var stream = client.GetStream();
                // Latin-1: a character is a byte, so that Content-Length counts what is read.
                using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                if (await reader.ReadLineAsync(ended.Token) is not { } first)
                    return;
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                while (await reader.ReadLineAsync(ended.Token) is { Length: > 0 } line)
                    headers[line.Split(": ")[0]] = line.Split(": ", 2)[1];
                var body = new char[
                    int.Parse(
                        headers.GetValueOrDefault("Content-Length", "0"),
                        CultureInfo.InvariantCulture
                    )
                ];
                if (body.Length > 0) // an empty read waits for more
                    await reader.ReadBlockAsync(body, ended.Token);
                var request = new FakeRequest(
                    first.Split(' ')[0],
                    first.Split(' ')[1],
                    headers,
                    Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body))
                );
                Requests.Enqueue(request);
                await AnswerAsync(stream, request, answer(request));
            }
            catch (Exception error)
                when (error is IOException or OperationCanceledException or ObjectDisposedException)
            { }
    }

    private async Task AnswerAsync(NetworkStream stream, FakeRequest request, FakeAnswer answer)
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
