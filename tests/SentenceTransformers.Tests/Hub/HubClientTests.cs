using System.Security.Cryptography;

namespace SentenceTransformers.Tests.Hub;

public sealed class HubClientTests : IDisposable
{
    private readonly HubFolder cache = new();
    private readonly Dictionary<string, byte[]> files = HubFolder.Repository();
    private readonly FakeHub hub;

    public HubClientTests() => hub = new FakeHub(files);

    public void Dispose()
    {
        hub.Dispose();
        cache.Dispose();
    }

    [Fact]
    public async Task Brings_what_loading_needs_and_nothing_else()
    {
        var folder = await cache.Pull(hub);

        Assert.Equal(
            [
                "1_Pooling/config.json",
                "config.json",
                "model.safetensors",
                "modules.json",
                "vocab.txt",
            ],
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)
        );
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Assert.Equal(
                files[Path.GetRelativePath(folder, file).Replace('\\', '/')],
                File.ReadAllBytes(file)
            );
    }

    [Fact]
    public async Task The_cache_is_laid_out_as_huggingface_hub_lays_it_out()
    {
        var folder = await cache.Pull(hub);

        Assert.Equal(cache[$"models--owner--model/snapshots/{hub.Commit}"], folder);
        Assert.Equal(hub.Commit, File.ReadAllText(cache["models--owner--model/refs/main"]));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(files["model.safetensors"]));
        Assert.Contains($"models--owner--model/blobs/{sha256}", cache.Files());
        Assert.Contains(
            $"models--owner--model/blobs/{FakeHub.GitHash(files["config.json"])}",
            cache.Files()
        );
        Assert.Contains($".locks/models--owner--model/{sha256}.lock", cache.Files());
        Assert.Equal(
            Path.Combine(
                "..",
                "..",
                "..",
                "blobs",
                FakeHub.GitHash(files["1_Pooling/config.json"])
            ),
            new FileInfo(Path.Combine(folder, "1_Pooling", "config.json")).LinkTarget
        );
    }

    [Fact]
    public async Task A_second_pull_asks_only_where_the_branch_stands()
    {
        await cache.Pull(hub);
        hub.Requests.Clear();

        await cache.Pull(hub);

        Assert.Equal(
            ["/api/models/owner/model/revision/main"],
            hub.Requests.Select(request => request.Path)
        );
    }

    [Fact]
    public async Task A_new_commit_fetches_only_what_has_changed()
    {
        await cache.Pull(hub);
        hub.Requests.Clear();
        hub.Commit = new string('d', 40);
        files["vocab.txt"] = HubFolder.Text("[PAD]\n[UNK]\n가\n");

        var folder = await cache.Pull(hub);

        Assert.Equal(files["vocab.txt"], File.ReadAllBytes(Path.Combine(folder, "vocab.txt")));
        Assert.Equal(
            [$"/owner/model/resolve/{hub.Commit}/vocab.txt"],
            hub.Requests.Where(request =>
                    request.Method == "GET"
                    && request.Path.Contains("/resolve/", StringComparison.Ordinal)
                )
                .Select(request => request.Path)
        );
    }

    [Fact]
    public async Task Sharded_weights_come_by_their_index()
    {
        files.Remove("model.safetensors");
        files["model.safetensors.index.json"] = HubFolder.Text(
            """{"weight_map":{"a":"model-1-of-2.safetensors","b":"model-2-of-2.safetensors"}}"""
        );
        files["model-1-of-2.safetensors"] = [1];
        files["model-2-of-2.safetensors"] = [2];

        var folder = await cache.Pull(hub);

        Assert.Equal([2], File.ReadAllBytes(Path.Combine(folder, "model-2-of-2.safetensors")));
        Assert.False(File.Exists(Path.Combine(folder, "pytorch_model.bin")));
    }

    [Fact]
    public async Task An_index_that_names_a_file_outside_the_repository_is_refused()
    {
        files.Remove("model.safetensors");
        files["model.safetensors.index.json"] = HubFolder.Text(
            """{"weight_map":{"a":"../../secret"}}"""
        );

        var error = await cache.Refused(hub);

        Assert.Contains(
            "'../../secret' is asked for by the model",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_to_no_other_host()
    {
        await cache.Pull(hub, options => options with { Token = "hf_secret" });

        Assert.NotEmpty(hub.Requests);
        Assert.All(
            hub.Requests,
            request => Assert.Equal("Bearer hf_secret", request.Headers["Authorization"])
        );
        Assert.NotEmpty(hub.StoreRequests);
        Assert.All(
            hub.StoreRequests,
            request => Assert.DoesNotContain("Authorization", request.Headers.Keys)
        );
    }

    [Fact]
    public async Task Offline_uses_the_cache_and_sends_nothing()
    {
        var folder = await cache.Pull(hub);
        hub.Requests.Clear();

        Assert.Equal(folder, await cache.Pull(hub, options => options with { Offline = true }));
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public async Task Offline_with_an_empty_cache_says_so()
    {
        var error = await cache.Refused(hub, options => options with { Offline = true });

        Assert.Contains("owner/model: not in the cache", error.Message, StringComparison.Ordinal);
        Assert.Contains("HF_HUB_OFFLINE", error.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public async Task A_model_is_named_by_a_branch_only_once_all_of_it_is_there()
    {
        hub.MisbehaveInStore = _ => new FakeAnswer(404, []);

        await cache.Refused(hub);

        using var client = new HubClient(cache.Options(hub));
        Assert.Null(client.FindInCache(FakeHub.Model));
    }

    [Fact]
    public async Task A_mirror_that_knows_GET_only_will_do()
    {
        hub.Misbehave = request => request.Method == "HEAD" ? new FakeAnswer(501, []) : null;

        var folder = await cache.Pull(hub);

        Assert.Equal(
            files["model.safetensors"],
            File.ReadAllBytes(Path.Combine(folder, "model.safetensors"))
        );
    }

    [Fact]
    public async Task Two_pulls_at_once_fetch_the_weights_once()
    {
        hub.MisbehaveInStore = request =>
            hub.FromStore(request) with
            {
                Delay = TimeSpan.FromMilliseconds(300),
            };

        var folders = await Task.WhenAll(cache.Pull(hub), cache.Pull(hub), cache.Pull(hub));

        Assert.Single(folders.Distinct());
        Assert.Single(hub.StoreRequests);
        Assert.DoesNotContain(
            cache.Files(),
            file => file.EndsWith(".incomplete", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Pulls_that_end_at_the_same_moment_all_remember_where_the_branch_stood()
    {
        var commit = new string('a', 40);
        var layout = new HubCache(cache.Path, "owner/model");

        Parallel.For(0, 500, _ => layout.Remember("main", commit));

        var reference = Assert.Single(
            cache.Files(),
            file => file.Contains("refs", StringComparison.Ordinal)
        );
        Assert.Equal(commit, File.ReadAllText(Path.Combine(cache.Path, reference)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../model")]
    [InlineData("a/b/c")]
    [InlineData("/model")]
    [InlineData("owner/mo del")]
    [InlineData("owner\\model")]
    public async Task An_id_that_is_none_is_refused_before_any_request(string model)
    {
        using var client = new HubClient(cache.Options(hub));

        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.DownloadAsync(model, cancellation: TestContext.Current.CancellationToken)
        );
        Assert.Empty(hub.Requests);
    }
}
