namespace SentenceTransformers.Tests;

public sealed class ShardedWeightsTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_tensors_of_all_shards_are_one_set()
    {
        folder.WriteSafetensors("one.safetensors", ("a", [1], [1]), ("b", [1], [2]));
        folder.WriteSafetensors("two.safetensors", ("c", [1], [3]));
        Index("""{"a":"one.safetensors","c":"two.safetensors","b":"one.safetensors"}""");
        using var file = WeightFile.OpenFolder(folder.Path);
        Assert.Equal(["a", "b", "c"], file.Tensors.Keys.Order());
        Assert.Equal([3], file.ReadFloats("c"));
        Assert.Equal([2], file.ReadFloats("b"));
    }

    [Theory]
    [InlineData("../other.safetensors")]
    [InlineData("..\\\\other.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("C:other.safetensors")]
    [InlineData("folder/other.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\\u0000b")]
    public void A_shard_outside_the_folder_is_refused(string shard)
    {
        folder.WriteSafetensors("other.safetensors", ("a", [1], [1]));
        var path = Index($$"""{"a":"{{shard}}"}""");
        var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
        Assert.Contains("weight_map.a: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "not the name of a file beside this one",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        """{"x":"one.safetensors"}""",
        "weight_map.x: one.safetensors holds no such tensor"
    )]
    [InlineData("""{"a":"one.safetensors","a":"one.safetensors"}""", "weight_map.a: named twice")]
    [InlineData("""{"a":1}""", "weight_map.a: expected a string, found number 1")]
    [InlineData("null", "weight_map: missing")]
    public void An_index_that_contradicts_its_shards_is_refused(string map, string problem)
    {
        folder.WriteSafetensors("one.safetensors", ("a", [1], [1]));
        var path = Index(map);
        var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
        Assert.EndsWith(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_shard_is_named()
    {
        var path = Index("""{"a":"absent.safetensors"}""");
        var error = Assert.Throws<FileNotFoundException>(() => WeightFile.Open(path));
        Assert.Contains("absent.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_variants_of_one_model_hold_the_same_weights()
    {
        using var whole = WeightFile.OpenFolder(Goldens.Shared("models/bert-tiny"));
        var variants = Goldens.Shared("models/bert-tiny-variants");
        using var sharded = WeightFile.OpenFolder(Path.Combine(variants, "sharded"));
        using var prefixed = WeightFile.Open(
            Path.Combine(variants, "model_prefixed_with_position_ids.safetensors")
        );
        using var half = WeightFile.Open(Path.Combine(variants, "model_f16.safetensors"));
        using var bfloat = WeightFile.Open(Path.Combine(variants, "model_bf16.safetensors"));

        Assert.Equal("I64", prefixed.Tensors["bert.embeddings.position_ids"].DType);
        Assert.NotEmpty(whole.Tensors);
        foreach (var name in whole.Tensors.Keys)
        {
            var weights = whole.ReadFloats(name);
            Assert.Equal(weights, sharded.ReadFloats(name));
            Assert.Equal(weights, prefixed.ReadFloats($"bert.{name}"));
            Assert.Equal(weights.Select(w => (float)(Half)w), half.ReadFloats(name));
            // 7 bits behind the leading one, rounded to nearest: relative error at most 2^-8.
            foreach (var (exact, rounded) in weights.Zip(bfloat.ReadFloats(name)))
                Assert.True(MathF.Abs(exact - rounded) <= MathF.Abs(exact) / 256);
        }
    }

    [Theory]
    [InlineData("bert-tiny")]
    [InlineData("roberta-tiny")]
    [InlineData("xlmr-tiny")]
    [InlineData("distilbert-tiny")]
    [InlineData("electra-tiny")]
    [InlineData("mpnet-tiny")]
    [InlineData("albert-tiny")]
    public void Weights_have_the_sums_that_their_writer_noted(string model)
    {
        using var file = WeightFile.OpenFolder(Goldens.Shared($"models/{model}"));
        var fingerprints = Goldens.Json(Goldens.Shared($"models/{model}/weights_fingerprint.json"));
        foreach (var tensor in file.Tensors.Values.Where(t => t.DType == "F32"))
        {
            var expected = fingerprints.GetProperty(tensor.Name);
            var values = file.ReadFloats(tensor.Name);
            Assert.Equal(
                expected.GetProperty("sum_f64").GetDouble(),
                values.Sum(v => (double)v),
                1e-9
            );
        }
    }

    private string Index(string map) =>
        folder.Write("model.safetensors.index.json", $$"""{"weight_map":{{map}}}""");
}
