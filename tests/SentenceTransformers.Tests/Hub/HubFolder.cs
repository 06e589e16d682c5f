using System.Text;

namespace SentenceTransformers.Tests.Hub;

/// <summary>A cache of a test's own, and a client of a fake hub that does not wait long.</summary>
internal sealed class HubFolder : TemporaryFolder
{
    public HubOptions Options(FakeHub hub) =>
        new()
        {
            Endpoint = hub.Endpoint,
            CacheFolder = Path,
            RetryDelay = TimeSpan.FromMilliseconds(5),
        };

    public async Task<string> Pull(
        FakeHub hub,
        Func<HubOptions, HubOptions>? change = null,
        IProgress<HubProgress>? progress = null
    )
    {
        using var client = new HubClient((change ?? (options => options))(Options(hub)));
        return await client.DownloadAsync(
            FakeHub.Model,
            progress: progress,
            cancellation: TestContext.Current.CancellationToken
        );
    }

    public Task<HubException> Refused(FakeHub hub, Func<HubOptions, HubOptions>? change = null) =>
        Assert.ThrowsAsync<HubException>(() => Pull(hub, change));

    /// <summary>A repository as the hub has them: what loading needs, and what it does not.</summary>
    public static Dictionary<string, byte[]> Repository(int weights = 50_000)
    {
        var random = new byte[weights];
        new Random(1).NextBytes(random);
        return new()
        {
            ["README.md"] = Text("# a model"),
            ["config.json"] = Text("{}"),
            ["modules.json"] = Text(
                """[{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},{"idx":1,"name":"1","path":"1_Pooling","type":"sentence_transformers.models.Pooling"}]"""
            ),
            ["1_Pooling/config.json"] = Text("""{"word_embedding_dimension":8}"""),
            ["vocab.txt"] = Text("[PAD]\n[UNK]\n"),
            ["model.safetensors"] = random,
            ["pytorch_model.bin"] = random,
            ["onnx/model.onnx"] = random,
            ["tf_model.h5"] = random,
        };
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The files of the cache that are no links, below its root.</summary>
    public string[] Files() =>
        [
            .. Directory
                .EnumerateFiles(Path, "*", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).LinkTarget is null)
                .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
}
