using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Whole sentence-transformers folders from token ids on: encoder, pooling, prompt, dense and normalisation.</summary>
public sealed class WholeModelGoldenTests
{
    private const float Tolerance = 5e-6f;

    [Theory]
    [InlineData("st-bert-cls-dense-norm", "bert-tiny")]
    [InlineData("st-roberta-mean-norm-prompts", "roberta-tiny")]
    public void Ids_become_the_reference_s_vectors(string name, string encoder) =>
        AssertMatches(Goldens.Own($"st-models/{name}"), Goldens.Own($"models/{encoder}"));

    [Fact]
    public void Ids_become_the_reference_s_vectors_in_every_model_of_the_larger_set()
    {
        var models = Directory.GetDirectories(Goldens.Shared("st-models"));
        Assert.NotEmpty(models);
        foreach (var model in models)
            AssertMatches(model, ModuleList.TransformerFolder(model));
    }

    private static void AssertMatches(string folder, string encoderFolder)
    {
        using var encoder = EncoderGolden.Open(encoderFolder);
        var padding = EncoderGolden.Read(encoderFolder) is RobertaModel ? 1 : 0;
        IModule[] modules =
        [
            .. ModuleList.Read(folder)!.Skip(1).Select(SentenceTransformer.LoadModule),
        ];
        var batches = Goldens.Json(Path.Combine(folder, "golden.json")).GetProperty("batches");
        Assert.NotEmpty(batches.EnumerateArray());
        foreach (var batch in batches.EnumerateArray())
        {
            var features = Batch(batch, padding);
            features.TokenEmbeddings = encoder.Run(features);
            foreach (var module in modules)
                module.Forward(features);
            var expected = Goldens.Rows(batch.GetProperty("sentence_embeddings"));
            for (var i = 0; i < expected.Length; i++)
                Goldens.AssertClose(
                    expected[i],
                    features.SentenceEmbeddings![i],
                    Tolerance,
                    $"{Path.GetFileName(folder)}, prompt {batch.GetProperty("prompt_name")}, text {i}"
                );
        }
    }

    private static Features Batch(JsonElement batch, long padding)
    {
        long[][] ids = batch.GetProperty("ids").Deserialize<long[][]>()!;
        var tokens = ids.Max(row => row.Length);
        var prompt = batch.GetProperty("prompt_length");
        return new Features
        {
            InputIds =
            [
                .. ids.SelectMany(row =>
                    row.Concat(Enumerable.Repeat(padding, tokens - row.Length))
                ),
            ],
            AttentionMask =
            [
                .. ids.SelectMany(row =>
                    Enumerable.Range(0, tokens).Select(i => i < row.Length ? 1L : 0)
                ),
            ],
            TokenTypeIds = new long[ids.Length * tokens],
            BatchSize = ids.Length,
            TokenCount = tokens,
            PromptLength = prompt.ValueKind == JsonValueKind.Number ? prompt.GetInt32() : 0,
        };
    }
}
