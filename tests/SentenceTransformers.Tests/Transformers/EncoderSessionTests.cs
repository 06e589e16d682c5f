using System.Text.Json;
using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>The graphs that we build compute what Hugging Face's models compute, to within float noise (5e-6).</summary>
public sealed class EncoderSessionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Variants =>
        [
            "model_f16.safetensors",
            "model_bf16.safetensors",
            "gelu_new",
            "gelu_python",
            "gelu_fast",
            "relu",
            "silu",
            "quick_gelu",
        ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Variants))]
    public void Half_precision_weights_and_every_activation_match(string variant)
    {
        var golden = Cases("models/bert-tiny-variants").Single(c => Name(c) == variant);
        var isWeights = variant.EndsWith(".safetensors", StringComparison.Ordinal);
        folder.Copy(
            Goldens.Own(
                isWeights
                    ? $"models/bert-tiny-variants/{variant}"
                    : "models/bert-tiny/model.safetensors"
            ),
            "model.safetensors"
        );
        var config = JsonNode.Parse(File.ReadAllText(Goldens.Own("models/bert-tiny/config.json")))!;
        if (!isWeights)
            config["hidden_act"] = variant;
        folder.Write("config.json", config.ToJsonString());
        using var session = EncoderGolden.Open(folder.Path);
        EncoderGolden.AssertMatches(session, golden);
    }

    [Fact]
    public void Prefixed_names_with_extra_buffers_and_shards_give_the_same_as_plain_names()
    {
        var golden = Cases("models/bert-tiny")[^1];
        folder.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");
        folder.Copy(
            Goldens.Own("models/bert-tiny-variants/model_prefixed_with_position_ids.safetensors"),
            "model.safetensors"
        );
        using (var prefixed = EncoderGolden.Open(folder.Path))
            EncoderGolden.AssertMatches(prefixed, golden);

        using var sharded = new TemporaryFolder();
        sharded.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");
        foreach (var file in Directory.GetFiles(Goldens.Own("models/bert-tiny-variants/sharded")))
            sharded.Copy(file, Path.GetFileName(file));
        using var session = EncoderGolden.Open(sharded.Path);
        EncoderGolden.AssertMatches(session, golden);
    }

    [Fact]
    public void Weights_that_lie_at_an_odd_place_of_the_file_are_mapped_all_the_same()
    {
        var bytes = File.ReadAllBytes(Goldens.Own("models/bert-tiny/model.safetensors"));
        var header = BitConverter.ToInt32(bytes);
        byte[] shifted =
        [
            .. BitConverter.GetBytes(header + 1L),
            .. bytes.AsSpan(8, header),
            (byte)' ',
            .. bytes.AsSpan(8 + header),
        ];
        folder.Write("model.safetensors", shifted);
        folder.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");
        using (var file = WeightFile.OpenFolder(folder.Path))
            Assert.All(file.Tensors.Values, tensor => Assert.Equal(1, tensor.Offset % 4));
        using var session = EncoderGolden.Open(folder.Path);
        EncoderGolden.AssertMatches(session, Cases("models/bert-tiny")[^1]);
    }

    [Fact]
    public void Weights_that_hold_NaN_are_refused_by_name()
    {
        var bytes = File.ReadAllBytes(Goldens.Own("models/bert-tiny/model.safetensors"));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        File.WriteAllBytes(Path.Combine(folder.Path, "model.safetensors"), bytes);
        folder.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");
        // The last tensor of the file is the pooler's, which the encoder does not use and does not look at.
        using var file = WeightFile.OpenFolder(folder.Path);
        var last = file.Tensors.Values.MaxBy(tensor => tensor.Offset)!;
        Assert.StartsWith("pooler", last.Name, StringComparison.Ordinal);
        EncoderGolden.Open(folder.Path).Dispose();

        var word = file.Tensors["embeddings.word_embeddings.weight"];
        BitConverter.TryWriteBytes(bytes.AsSpan((int)word.Offset), float.NaN);
        using var other = new TemporaryFolder();
        other.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");
        File.WriteAllBytes(Path.Combine(other.Path, "model.safetensors"), bytes);
        var error = Assert.Throws<ModelFormatException>(() =>
            EncoderGolden.Open(other.Path).Dispose()
        );
        Assert.Contains(
            "embeddings.word_embeddings.weight",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_graph_is_refused_by_name()
    {
        folder.Write("model.onnx", "this is no ONNX file");
        var error = Assert.Throws<ModelFormatException>(() =>
            EncoderSession.FromOnnx(Path.Combine(folder.Path, "model.onnx")).Dispose()
        );
        Assert.Contains(
            "model.onnx: ONNX Runtime cannot load it",
            error.Message,
            StringComparison.Ordinal
        );
    }

    private static JsonElement[] Cases(string golden) =>
        EncoderGolden.Cases(Goldens.Own($"{golden}/golden.json"));

    private static string Name(JsonElement golden) =>
        golden.TryGetProperty("weights", out var weights)
            ? weights.GetString()!
            : golden.GetProperty("hidden_act").GetString()!;
}
