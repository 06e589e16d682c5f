namespace SentenceTransformers.Tests;

public sealed class LayerNormTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Outputs_equal_those_of_the_reference()
    {
        var golden = Goldens
            .Json(Goldens.Own("pooling/modules.json"))
            .GetProperty("cases")
            .EnumerateArray()
            .Single(c => c.GetProperty("module").GetString() == "LayerNorm");
        var weights = golden.GetProperty("weights");
        folder.Write("config.json", """{"dimension":12}""");
        folder.WriteSafetensors(
            "model.safetensors",
            ("norm.weight", [12], Goldens.Floats(weights.GetProperty("norm.weight"))),
            ("norm.bias", [12], Goldens.Floats(weights.GetProperty("norm.bias")))
        );
        var norm = LayerNorm.Load(folder.Path);
        Goldens.AssertClose(
            Goldens.Floats(golden.GetProperty("output")),
            [.. norm.Run(Goldens.Rows(golden.GetProperty("input"))).SelectMany(row => row)],
            1e-6f,
            "LayerNorm"
        );
    }

    [Fact]
    public void A_constant_row_becomes_the_bias()
    {
        var norm = new LayerNorm([2, 2, 2], [1, 2, 3]);
        Assert.Equal(
            [
                [1, 2, 3],
            ],
            norm.Run([5, 5, 5])
        );
    }

    [Fact]
    public void Weights_of_another_length_are_refused()
    {
        folder.Write("config.json", """{"dimension":2}""");
        folder.WriteSafetensors(
            "model.safetensors",
            ("norm.weight", [3], new float[3]),
            ("norm.bias", [3], new float[3])
        );
        var error = Assert.Throws<ModelFormatException>(() => LayerNorm.Load(folder.Path));
        Assert.EndsWith(
            "norm.weight: expected shape [2], found [3]",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new LayerNorm([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => new LayerNorm([], []));
        Assert.Throws<InvalidOperationException>(() => new LayerNorm([1], [1]).Run([1, 2]));
    }

    [Fact]
    public void It_prints_as_Python_prints_it()
    {
        var norm = new LayerNorm(new float[12], new float[12]);
        Assert.Equal(
            "LayerNorm(\n  (norm): LayerNorm((12,), eps=1e-05, elementwise_affine=True)\n)",
            norm.ToString()
        );
        Assert.Equal("LayerNorm({'dimension': 12})", norm.ToString(PrintStyle.Current));
    }
}
