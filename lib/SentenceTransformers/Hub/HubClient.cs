using System.Net;
using System.Text.Json;

namespace SentenceTransformers;

/// <summary>Fetches models from the Hugging Face hub into the cache that Python's huggingface_hub uses too.</summary>
public sealed class HubClient : IDisposable
{
    private const int MaximumListing = 1 << 24; // bytes
    private readonly HubOptions options;
    private readonly HubRequests requests;

    /// <summary>Creates a client.</summary>
    /// <param name="options">Null for what the environment says: HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE.</param>
    public HubClient(HubOptions? options = null)
    {
        this.options = options ?? HubOptions.FromEnvironment();
        requests = new HubRequests(this.options);
    }

    /// <summary>The folder of a model that was fetched before, or null.</summary>
    /// <param name="model">Its id on the hub, such as "snunlp/KR-SBERT-V40K-klueNLI-augSTS".</param>
    /// <param name="revision">A branch, a tag or a commit.</param>
    public string? FindInCache(string model, string revision = "main")
    {
        Check(model, revision);
        return new HubCache(options.CacheFolder, model).Find(revision);
    }

    /// <summary>Brings the files of a model that loading needs into the cache, unless they are there.</summary>
    /// <param name="model">Its id on the hub.</param>
    /// <param name="revision">A branch, a tag or a commit.</param>
    /// <param name="progress">Told of each step; called from the thread that downloads.</param>
    /// <param name="cancellation">Stops; what has arrived stays, and the next call goes on from there.</param>
    /// <returns>The folder that <see cref="SentenceTransformer.Load"/> takes.</returns>
    /// <exception cref="ArgumentException">The id or the revision has not the form of one.</exception>
    /// <exception cref="HubException">The hub does not give it, or gives something else.</exception>
    public async Task<string> DownloadAsync(
        string model,
        string revision = "main",
        IProgress<HubProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        Check(model, revision);
        if (options.Offline)
            return FindInCache(model, revision)
                ?? throw new HubException(
                    $"{model}: not in the cache ({options.CacheFolder}), and HF_HUB_OFFLINE forbids to fetch it"
                );
        var cache = new HubCache(options.CacheFolder, model);
        var (commit, files) = await ListAsync(model, revision, progress, cancellation)
            .ConfigureAwait(false);
        var fetch = new Fetch(this, cache, model, commit, progress, cancellation);
        foreach (
            var file in await ModelFiles
                .ChooseAsync(model, files, fetch.BringAsync)
                .ConfigureAwait(false)
        )
            await fetch.BringAsync(file).ConfigureAwait(false);
        cache.Remember(revision, commit); // last: a name in refs/ stands for a whole model
        return cache.Snapshot(commit);
    }

    /// <inheritdoc/>
    public void Dispose() => requests.Dispose();

    private static void Check(string model, string revision)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(revision);
        if (!HubName.IsModel(model))
            throw new ArgumentException(
                $"'{model}' is not a model's id on the hub, which is 'name' or 'owner/name'"
            );
        if (!HubName.IsRevision(revision))
            throw new ArgumentException($"'{revision}' is not a branch, a tag or a commit");
    }

    private async Task<(string Commit, HashSet<string> Files)> ListAsync(
        string model,
        string revision,
        IProgress<HubProgress>? progress,
        CancellationToken cancellation
    )
    {
        var address = new Uri(
            $"{Base}/api/models/{model}/revision/{Uri.EscapeDataString(revision)}"
        );
        var json = await requests
            .RetryAsync(
                model,
                async () =>
                {
                    using var response = await requests
                        .SendAsync(model, HttpMethod.Get, address, 0, describe: false, cancellation)
                        .ConfigureAwait(false);
                    return await ReadListingAsync(response, cancellation).ConfigureAwait(false);
                },
                note => progress?.Report(new(model, 0, null, note)),
                cancellation
            )
            .ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(json);
            var commit = document.RootElement.GetProperty("sha").GetString() ?? "";
            if (!HubName.IsPlain(commit))
                throw new HubException(
                    $"{model}: the hub names the commit '{Shorten(commit)}', which can be no folder"
                );
            var files = new HashSet<string>(StringComparer.Ordinal);
            foreach (var sibling in document.RootElement.GetProperty("siblings").EnumerateArray())
            {
                var name = sibling.GetProperty("rfilename").GetString() ?? "";
                if (!HubName.IsFile(name))
                    throw new HubException(
                        $"{model}: the hub lists a file '{Shorten(name)}', which would leave the cache"
                    );
                files.Add(name);
            }
            return (commit, files);
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HubException(
                $"{model}: {options.Endpoint} does not answer as a hub does",
                error
            );
        }
    }

    private string Base => options.Endpoint.AbsoluteUri.TrimEnd('/');

    private async Task<byte[]> ReadListingAsync(
        HttpResponseMessage response,
        CancellationToken cancellation
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.StallTimeout);
        await using var input = await response
            .Content.ReadAsStreamAsync(limit.Token)
            .ConfigureAwait(false);
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 14];
        for (
            int read;
            (read = await input.ReadAsync(buffer, limit.Token).ConfigureAwait(false)) > 0;

        )
        {
            memory.Write(buffer, 0, read);
            if (memory.Length > MaximumListing)
                throw new HubException(
                    $"the hub's list of files is longer than {MaximumListing:N0} bytes"
                );
        }
        return memory.ToArray();
    }

    private static string Shorten(string text) =>
        new([.. text.Where(c => !char.IsControl(c)).Take(100)]);

    // What bringing each file of one commit needs.
    private sealed class Fetch(
        HubClient client,
        HubCache cache,
        string model,
        string commit,
        IProgress<HubProgress>? progress,
        CancellationToken cancellation
    )
    {
        /// <summary>Sees that a file of the commit is in the cache, and returns where.</summary>
        public async Task<string> BringAsync(string name)
        {
            var pointer = cache.Pointer(commit, name);
            if (File.Exists(pointer))
                return pointer; // a commit's file never changes
            var path = string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
            var address = new Uri($"{client.Base}/{model}/resolve/{commit}/{path}");
            var file = await client
                .requests.RetryAsync(
                    name,
                    () => DescribeAsync(name, address),
                    note => progress?.Report(new(name, 0, null, note)),
                    cancellation
                )
                .ConfigureAwait(false);
            var blob = cache.Blob(file.ETag);
            using var held = await cache
                .LockAsync(
                    file.ETag,
                    () =>
                        progress?.Report(
                            new(name, 0, file.Size, $"{name}: another process fetches it; waiting")
                        ),
                    cancellation
                )
                .ConfigureAwait(false);
            var missing = !File.Exists(blob);
            if (missing)
                await new HubDownload(client.requests, client.options, progress)
                    .RunAsync(file, blob, cancellation)
                    .ConfigureAwait(false);
            cache.Link(commit, name, file.ETag, owned: missing);
            return pointer;
        }

        private async Task<HubFile> DescribeAsync(string name, Uri address)
        {
            using var response = await AskAsync(name, address).ConfigureAwait(false);
            if (HubRequests.Header(response, "X-Repo-Commit") is { } other && other != commit)
                throw new HubException(
                    $"{name}: the hub sends it from commit '{Shorten(other)}', asked for {commit}"
                );
            // Large files lie elsewhere: the hub itself says what they are, and redirects.
            var etag =
                HubRequests.Header(response, "X-Linked-ETag")
                ?? HubRequests.Header(response, "ETag")
                ?? "";
            etag = (etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag).Trim('"');
            if (!HubName.IsPlain(etag))
                throw new HubException($"{name}: the hub gives no usable ETag ('{Shorten(etag)}')");
            long? size =
                long.TryParse(HubRequests.Header(response, "X-Linked-Size"), out var linked)
                && linked >= 0
                    ? linked
                : response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength
                : null;
            return new HubFile(name, address, etag, size);
        }

        private async Task<HttpResponseMessage> AskAsync(string name, Uri address)
        {
            try
            {
                return await client
                    .requests.SendAsync(
                        name,
                        HttpMethod.Head,
                        address,
                        0,
                        describe: true,
                        cancellation
                    )
                    .ConfigureAwait(false);
            }
            catch (HubException error)
                when (error.Status
                        is HttpStatusCode.MethodNotAllowed
                            or HttpStatusCode.NotImplemented
                )
            {
                // A mirror that knows GET only; its answer's body is not read.
                return await client
                    .requests.SendAsync(
                        name,
                        HttpMethod.Get,
                        address,
                        0,
                        describe: true,
                        cancellation
                    )
                    .ConfigureAwait(false);
            }
        }
    }
}
