using Pictures;

namespace SentenceTransformers.Tests;

/// <summary>A CLIP folder or a picture that cannot be used is an error that names the file and the key.</summary>
public sealed class BadClipTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public BadClipTests()
    {
        foreach (var file in Directory.GetFiles(Goldens.Shared("clip/hf-clip-tiny")))
            File.Copy(file, folder[Path.GetFileName(file)]);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(
        "config.json",
        "\"image_size\": 64",
        "\"image_size\": 96",
        "64 x 64, and the model reads 96 x 96; its positions are not interpolated"
    )]
    [InlineData(
        "config.json",
        "\"num_channels\": 3",
        "\"num_channels\": 4",
        "vision_config.num_channels: 4 is not supported"
    )]
    [InlineData("config.json", "\"patch_size\": 16", "\"patch_size\": 8", "expected shape")]
    [InlineData(
        "config.json",
        "\"patch_size\": 16",
        "\"patch_size\": 0",
        "vision_config.patch_size: 0 is not between"
    )]
    [InlineData(
        "config.json",
        "\"projection_dim\": 32,\n \"logit",
        "\"projection_dim\": 33,\n \"logit",
        "expected shape [33, 32]"
    )]
    [InlineData(
        "config.json",
        "\"max_position_embeddings\": 77",
        "\"max_position_embeddings\": 9",
        "expected shape [9, 32]"
    )]
    [InlineData(
        "config.json",
        "\"eos_token_id\": 49407",
        "\"eos_token_id\": 5",
        "without the end token 5"
    )]
    [InlineData(
        "config.json",
        "\"hidden_act\": \"quick_gelu\"",
        "\"hidden_act\": \"evil\"",
        "hidden_act: 'evil' is not one of"
    )]
    [InlineData(
        "preprocessor_config.json",
        "\"resample\": 3",
        "\"resample\": 5",
        "resample: 5 is not supported"
    )]
    [InlineData(
        "preprocessor_config.json",
        "\"shortest_edge\": 64",
        "\"shortest_edge\": 0",
        "size.shortest_edge: 0 is not between"
    )]
    [InlineData("preprocessor_config.json", "0.26862954", "0", "image_std")]
    [InlineData(
        "preprocessor_config.json",
        "0.48145466,",
        "",
        "image_mean: 2 numbers, expected three"
    )]
    [InlineData(
        "preprocessor_config.json",
        "\"do_convert_rgb\": true",
        "\"do_convert_rgb\": false",
        "do_convert_rgb"
    )]
    public void A_wrong_value_is_named(string file, string from, string to, string problem)
    {
        var text = File.ReadAllText(folder[file]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(folder[file], text.Replace(from, to, StringComparison.Ordinal));
        var error = Assert.Throws<ModelFormatException>(() =>
        {
            using var model = SentenceTransformer.Load(folder.Path);
            model.Encode("a photo of a cat");
        });
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("preprocessor_config.json")]
    [InlineData("model.safetensors")]
    [InlineData("config.json")]
    public void A_missing_file_is_named(string file)
    {
        File.Delete(folder[file]);
        Assert.Contains(
            file,
            Assert.ThrowsAny<Exception>(() => SentenceTransformer.Load(folder.Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Strange_sizes_have_vectors_and_absurd_ones_an_error()
    {
        using var model = SentenceTransformer.Load(folder.Path);
        foreach (var (width, height) in new[] { (1, 1), (1, 10_000), (10_000, 1), (1, 33) })
        {
            var vector = model.EncodeImages([
                new Picture(width, height, new byte[3 * width * height]),
            ])[0];
            Assert.All(vector, number => Assert.True(float.IsFinite(number)));
        }
        var narrow = new Picture(1, 5_000_000, new byte[15_000_000]);
        Assert.Contains(
            "picture 0: 1 x 5,000,000 pixels are too narrow",
            Assert.Throws<PictureException>(() => model.EncodeImages([narrow])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_batch_does_not_change_a_picture_s_vector()
    {
        using var model = SentenceTransformer.Load(folder.Path);
        var random = new Random(1);
        var pictures = Enumerable
            .Range(0, 19)
            .Select(i =>
            {
                var pixels = new byte[3 * (30 + i) * 50];
                random.NextBytes(pixels);
                return new Picture(30 + i, 50, pixels);
            })
            .ToArray();
        var together = model.EncodeImages(pictures);
        for (var i = 0; i < pictures.Length; i++)
            Goldens.AssertClose(together[i], model.EncodeImages([pictures[i]])[0], 1e-6f, $"{i}");
    }

    [Fact]
    public void A_model_of_texts_reads_no_pictures_and_a_model_of_pictures_has_no_token_vectors()
    {
        using var text = SentenceTransformer.Load("ko-mini");
        Assert.Contains(
            "reads texts only",
            Assert.Throws<NotSupportedException>(() => text.EncodeImages(["cat.png"])).Message,
            StringComparison.Ordinal
        );
        using var clip = SentenceTransformer.Load(folder.Path);
        Assert.Contains(
            "has no Transformer module",
            Assert.Throws<NotSupportedException>(() => clip.Transformer).Message,
            StringComparison.Ordinal
        );
    }
}
