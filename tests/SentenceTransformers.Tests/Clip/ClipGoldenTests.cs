using System.Text.Json;
using Pictures;

namespace SentenceTransformers.Tests;

/// <summary>A CLIP model in Hugging Face's layout gives the reference's numbers for texts and pictures.</summary>
public sealed class ClipGoldenTests
{
    private const float Tolerance = 5e-6f;
    private const float PixelTolerance = 1e-6f;

    private static string Folder => Goldens.Shared("clip/hf-clip-tiny");

    private static JsonElement Golden => Goldens.Json(Goldens.Shared("clip/golden.json"));

    [Fact]
    public void Texts_have_the_reference_s_vectors()
    {
        using var model = SentenceTransformer.Load(Folder);
        var texts = Texts("texts");
        var (expected, normalized) = (
            Goldens.Rows(Golden.GetProperty("text_features")),
            Goldens.Rows(Golden.GetProperty("text_features_normalized"))
        );
        var together = model.Encode(texts);
        var unit = model.Encode(texts, new EncodeOptions { NormalizeEmbeddings = true });
        for (var i = 0; i < texts.Length; i++)
        {
            if (ReadsEntities(texts[i]))
                continue;
            Goldens.AssertClose(expected[i], together[i], Tolerance, texts[i]);
            Goldens.AssertClose(normalized[i], unit[i], Tolerance, $"{texts[i]}, of length 1");
            Goldens.AssertClose(together[i], model.Encode(texts[i]), 1e-6f, $"{texts[i]}, alone");
        }
        Assert.Single(texts, ReadsEntities);
    }

    [Fact]
    public void Ids_have_the_reference_s_vectors_whatever_stands_behind_their_end()
    {
        using var clip = ClipModel.Load(Folder);
        var ids = Golden.GetProperty("token_ids_zero_padded");
        var (count, tokens) = (Goldens.Shape(ids)[0], Goldens.Shape(ids)[1]);
        var features = new Features
        {
            InputIds = Goldens.Integers(ids),
            AttentionMask = [],
            TokenTypeIds = [],
            BatchSize = count,
            TokenCount = tokens,
        };
        clip.Forward(features);
        Goldens.AssertClose(
            Goldens.Floats(Golden.GetProperty("text_features")),
            [.. features.SentenceEmbeddings!.SelectMany(x => x)],
            Tolerance,
            "all"
        );
    }

    [Fact]
    public void Pictures_have_the_reference_s_vectors()
    {
        using var clip = ClipModel.Load(Folder, ImageOrder.OpenAI);
        using var model = new SentenceTransformer(clip);
        var expected = Goldens.Rows(Golden.GetProperty("image_features"));
        var cosines = Goldens.Rows(Golden.GetProperty("cosine"));
        var texts = Texts("texts");
        var textVectors = model.Encode(texts);
        var compared = 0;
        foreach (var (i, file) in Texts("images").Index())
        {
            if (PathOf(file) is not { } path)
                continue;
            var vector = model.EncodeImages([path])[0];
            Goldens.AssertClose(expected[i], vector, Tolerance, file);
            foreach (var (j, text) in texts.Index().Where(text => !ReadsEntities(text.Item)))
                Assert.Equal(cosines[i][j], Similarity.Cosine(vector, textVectors[j]), Tolerance);
            compared++;
        }
        Assert.True(compared > 15, $"{compared} pictures");
        Assert.Equal(Golden.GetProperty("logit_scale_exp").GetSingle(), clip.LogitScale, 1e-5);
    }

    [Theory]
    [InlineData(ImageOrder.HuggingFace)]
    [InlineData(ImageOrder.OpenAI)]
    public void Pictures_are_prepared_as_the_reference_does(ImageOrder order)
    {
        var processor = ImageProcessor.Load(Folder, order);
        using var golden = WeightFile.Open(Goldens.Shared("clip/pixel_values_64.safetensors"));
        var (compared, different) = (0, 0);
        foreach (
            var name in golden.Tensors.Keys.Where(name =>
                name.EndsWith("/openai_pixel_values", StringComparison.Ordinal)
                && !name.Contains("exif_transposed", StringComparison.Ordinal)
            )
        )
        {
            var file = name[..name.IndexOf('/', StringComparison.Ordinal)];
            if (PathOf(file) is not { } path)
                continue;
            // Hugging Face's own are there where they differ from OpenAI's.
            var own = $"{file}/hf_pixel_values";
            var isOwn = order == ImageOrder.HuggingFace && golden.Tensors.ContainsKey(own);
            Goldens.AssertClose(
                golden.ReadFloats(isOwn ? own : name),
                processor.Process(PictureReader.Read(path)),
                PixelTolerance,
                file
            );
            compared++;
            different += isOwn ? 1 : 0;
        }
        Assert.True(compared > 15, $"{compared} pictures");
        Assert.Equal(order == ImageOrder.HuggingFace, different > 5);
    }

    [Fact]
    public void A_folder_as_sentence_transformers_saves_it_is_the_same_model()
    {
        using var folder = new TemporaryFolder();
        folder.Write(
            "modules.json",
            """[{"idx":0,"name":"0","path":"0_CLIPModel","type":"sentence_transformers.models.CLIPModel"}]"""
        );
        var inner = Directory.CreateDirectory(folder["0_CLIPModel"]);
        foreach (var file in Directory.GetFiles(Folder))
            File.Copy(file, Path.Combine(inner.FullName, Path.GetFileName(file)));
        using var model = SentenceTransformer.Load(folder.Path);
        using var plain = SentenceTransformer.Load(Folder);
        Assert.Equal("SentenceTransformer(\n  (0): CLIPModel()\n)", model.ToString());
        Assert.Equal(plain.Encode("two people"), model.Encode("two people"));
        Assert.Equal((77, 32), (model.MaxSequenceLength, model.Clip!.EmbeddingDimension));
    }

    /// <summary>OpenAI's tokenizer turns "&amp;amp;" into "&amp;" first; Hugging Face's, which is ours, does not.</summary>
    private static bool ReadsEntities(string text) =>
        text.Contains("&amp;", StringComparison.Ordinal);

    private static string[] Texts(string key) =>
        [.. Golden.GetProperty(key).EnumerateArray().Select(x => x.GetString()!)];

    /// <summary>Where a picture lies; null for those that are kept back, and for the two kinds that are not read as Pillow reads them.</summary>
    private static string? PathOf(string file)
    {
        var path = Path.Combine(Goldens.Shared("clip/images"), file);
        var other =
            file.EndsWith(".bmp", StringComparison.Ordinal)
            || file.StartsWith("i16", StringComparison.Ordinal);
        return File.Exists(path) && !other ? path : null;
    }
}
