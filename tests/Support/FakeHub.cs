using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Workbook.TestSupport;

/// <summary>A server on loopback that speaks the hub's protocol, and misbehaves as a test asks.</summary>
/// <remarks>Large files are redirected to a second port, as the hub redirects to where it stores them.</remarks>
internal sealed class FakeHub : IDisposable
{
    private readonly FakeServer hub;
    private readonly FakeServer store;
    private readonly Dictionary<string, byte[]> files;

    private readonly string model;

    /// <summary>Serves the files of one repository.</summary>
    public FakeHub(Dictionary<string, byte[]> files, string model = Model)
    {
        this.files = files;
        this.model = model;
        hub = new FakeServer(request => Misbehave(request) ?? Honest(request));
        store = new FakeServer(request => MisbehaveInStore(request) ?? FromStore(request));
    }

    /// <summary>Serves the files of another one under another name.</summary>
    public FakeHub(FakeHub other, string model)
        : this(other.files, model) { }

    public const string Model = "owner/model";

    public string Commit { get; set; } = new('c', 40);

    public Uri Endpoint => hub.Endpoint;

    /// <summary>Every request for what the hub itself knows, in the order of arrival.</summary>
    public ConcurrentQueue<FakeRequest> Requests => hub.Requests;

    /// <summary>Every request for a large file's content.</summary>
    public ConcurrentQueue<FakeRequest> StoreRequests => store.Requests;

    /// <summary>Answers instead of the hub where it does not return null.</summary>
    public Func<FakeRequest, FakeAnswer?> Misbehave { get; set; } = _ => null;

    /// <summary>Answers instead of the store where it does not return null.</summary>
    public Func<FakeRequest, FakeAnswer?> MisbehaveInStore { get; set; } = _ => null;

    /// <summary>The files whose ETag is their SHA-256 and whose content lies in the store.</summary>
    public Func<string, bool> IsLarge { get; set; } =
        name =>
            name.EndsWith(".safetensors", StringComparison.Ordinal)
            || name.EndsWith(".bin", StringComparison.Ordinal);

    /// <summary>What an honest hub would answer.</summary>
    public FakeAnswer Honest(FakeRequest request)
    {
        var resolve = $"/{model}/resolve/{Commit}/";
        if (request.Path.StartsWith($"/api/models/{model}/revision/", StringComparison.Ordinal))
            return new FakeAnswer(
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
            return new FakeAnswer(404, [], ("X-Error-Code", "RepoNotFound"));
        if (!IsLarge(file))
            return Content(
                request,
                content,
                ("ETag", $"\"{GitHash(content)}\""),
                ("X-Repo-Commit", Commit)
            );
        return new FakeAnswer(
            302,
            [],
            ("Location", $"{store.Endpoint}{file}"),
            ("X-Linked-ETag", $"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\""),
            ("X-Linked-Size", content.Length.ToString(CultureInfo.InvariantCulture)),
            ("X-Repo-Commit", Commit)
        );
    }

    /// <summary>What an honest store would answer.</summary>
    public FakeAnswer FromStore(FakeRequest request) =>
        Content(request, files[Uri.UnescapeDataString(request.Path[1..])]);

    /// <summary>A file, or what is left of it from where the request begins.</summary>
    public static FakeAnswer Content(
        FakeRequest request,
        byte[] content,
        params (string, string)[] headers
    )
    {
        if (request.From == 0)
            return new FakeAnswer(200, content, headers);
        return request.From >= content.Length
            ? new FakeAnswer(416, [], headers)
            : new FakeAnswer(
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
        hub.Dispose();
        store.Dispose();
    }
}
