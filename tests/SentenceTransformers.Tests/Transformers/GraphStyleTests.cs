namespace SentenceTransformers.Tests;

/// <summary>The graph that runs fast computes what the readable one computes.</summary>
public sealed class GraphStyleTests
{
    public static TheoryData<string> Models =>
        [
            "albert-tiny",
            "bert-tiny",
            "distilbert-tiny",
            "electra-tiny",
            "mpnet-tiny",
            "roberta-tiny",
        ];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_fused_graph_gives_the_plain_graph_s_numbers(string model)
    {
        var folder = Goldens.Own($"models/{model}");
        using var plain = EncoderGolden.Open(folder, GraphStyle.Plain);
        using var fused = EncoderGolden.Open(folder, GraphStyle.Fused);
        var cases = EncoderGolden.Cases(Path.Combine(folder, "golden.json"));
        Assert.Contains(
            cases,
            golden => EncoderGolden.Inputs(golden).AttentionMask.Contains(0) // padding is hidden
        );
        foreach (var golden in cases)
        {
            EncoderGolden.AssertMatches(plain, golden);
            var inputs = EncoderGolden.Inputs(golden);
            Goldens.AssertClose(
                plain.Run(inputs).Values.ToArray(),
                fused.Run(inputs).Values.ToArray(),
                5e-6f,
                model
            );
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Eight_bits_give_nearly_the_same_vectors(string model)
    {
        var folder = Goldens.Own($"models/{model}");
        using var plain = EncoderGolden.Open(folder, GraphStyle.Plain);
        using var quantized = EncoderGolden.Open(folder, GraphStyle.Int8);
        var inputs = EncoderGolden.Inputs(
            EncoderGolden.Cases(Path.Combine(folder, "golden.json"))[0]
        );
        var expected = plain.Run(inputs);
        var found = quantized.Run(inputs);
        Assert.NotEqual(expected.Values.ToArray(), found.Values.ToArray()); // 8 bits were used
        Assert.InRange(Similarity.Cosine(expected[0, 0], found[0, 0]), 0.99f, 1f);
    }
}
