namespace SentenceTransformers.Tests;

/// <summary>An encoder in 8 bits computes nearly what it computes in 32.</summary>
public sealed class PrecisionTests
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
    public void Eight_bits_give_nearly_the_same_vectors(string model)
    {
        var folder = Goldens.Own($"models/{model}");
        using var full = EncoderGolden.Open(folder);
        using var quantized = EncoderGolden.Open(folder, new() { Precision = Precision.Int8 });
        var inputs = EncoderGolden.Inputs(
            EncoderGolden.Cases(Path.Combine(folder, "golden.json"))[0]
        );
        var expected = full.Run(inputs);
        var found = quantized.Run(inputs);
        Assert.NotEqual(expected.Values.ToArray(), found.Values.ToArray()); // 8 bits were used
        Assert.InRange(Similarity.Cosine(expected[0, 0], found[0, 0]), 0.99f, 1f);
    }
}
