using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>The embedded CLIP gives the numbers that torch computes with its weights, from ids and pixels of other people's code.</summary>
public sealed class MiniClipTests
{
    private const float Tolerance = 5e-6f;

    private static JsonElement Golden => Goldens.Json(Goldens.Own("clip/mini-clip.json"));

    [Fact]
    public void Texts_have_the_reference_s_ids_and_vectors_also_where_they_are_cut()
    {
        using var model = SentenceTransformer.Load("mini-clip");
        var texts = Texts("texts");
        var ids = Golden.GetProperty("ids").EnumerateArray().Select(Numbers).ToArray();
        Assert.Contains(ids, row => row.Length == model.MaxSequenceLength); // one is longer, and keeps its end
        foreach (var (i, text) in texts.Index())
            Assert.Equal(ids[i], model.Clip!.Tokenize(text).Ids);
        var expected = Goldens.Rows(Golden.GetProperty("text_features"));
        foreach (var (i, vector) in model.Encode(texts).Index())
            Goldens.AssertClose(expected[i], vector, Tolerance, texts[i]);
    }

    [Fact]
    public void Pictures_have_the_reference_s_vectors_from_paths_and_from_streams()
    {
        using var model = SentenceTransformer.Load("mini-clip");
        var files = Texts("images");
        var paths = Array.ConvertAll(files, file => Path.Combine(Goldens.Repository, file));
        var expected = Goldens.Rows(Golden.GetProperty("image_features"));
        var vectors = model.EncodeImages(paths);
        var streams = paths.Select(path => (Stream)new MemoryStream(File.ReadAllBytes(path)));
        var streamed = model.EncodeImages(streams);
        Assert.Equal(expected.Length, vectors.Length);
        foreach (var (i, file) in files.Index())
        {
            Goldens.AssertClose(expected[i], vectors[i], Tolerance, file);
            Assert.Equal(vectors[i], streamed[i]);
        }
        Assert.Equal(
            Golden.GetProperty("logit_scale").GetSingle(),
            model.Clip!.LogitScale,
            tolerance: 1e-5
        );
    }

    private static string[] Texts(string key) =>
        [.. Golden.GetProperty(key).EnumerateArray().Select(x => x.GetString()!)];

    private static int[] Numbers(JsonElement row) =>
        [.. row.EnumerateArray().Select(x => x.GetInt32())];
}
