using System.Text.Json;
using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>The graphs that we build compute what Hugging Face's models compute, to within float noise (5e-6).</summary>
public sealed class EncoderSessionTests : IDisposable
{
    private const float Tolerance = 5e-6f;

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

    [Fact]
    public void Bert_matches_the_reference_with_and_without_mask_and_padding()
    {
        using var session = Open(Goldens.Own("models/bert-tiny"));
        var cases = Cases("models/bert-tiny");
        Assert.Contains(
            cases,
            golden =>
                golden
                    .GetProperty("name")
                    .GetString()!
                    .Contains("leftpad", StringComparison.Ordinal)
        );
        foreach (var golden in cases)
            AssertMatches(session, golden);
    }

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
        using var session = Open(folder.Path);
        AssertMatches(session, golden);
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
        using (var prefixed = Open(folder.Path))
            AssertMatches(prefixed, golden);

        using var sharded = new TemporaryFolder();
        sharded.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");
        foreach (var file in Directory.GetFiles(Goldens.Own("models/bert-tiny-variants/sharded")))
            sharded.Copy(file, Path.GetFileName(file));
        using var session = Open(sharded.Path);
        AssertMatches(session, golden);
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
        using var session = Open(folder.Path);
        AssertMatches(session, Cases("models/bert-tiny")[^1]);
    }

    [Fact]
    public void A_graph_exported_by_torch_gives_the_same()
    {
        using var session = EncoderSession.FromOnnx(Goldens.Shared("onnx/bert-tiny.onnx"));
        // The export fixed three inputs; the reference computed this case with all of them.
        foreach (
            var golden in Cases("models/bert-tiny")
                .Where(c => c.GetProperty("inputs").TryGetProperty("token_type_ids", out _))
        )
            AssertMatches(session, golden);
    }

    [Theory]
    [InlineData(
        "model_type",
        "\"roberta\"",
        "config.json: model_type: 'roberta' is not supported yet"
    )]
    [InlineData("hidden_act", "\"mish\"", "config.json: hidden_act: 'mish'")]
    [InlineData(
        "num_attention_heads",
        "5",
        "config.json: num_attention_heads: 5 does not divide hidden_size 32"
    )]
    [InlineData("hidden_size", "64", "embeddings.word_embeddings.weight")]
    [InlineData("hidden_size", "1e9", "config.json: hidden_size: 1e9 is not between")]
    [InlineData(
        "num_hidden_layers",
        "4",
        "encoder.layer.3.attention.self.query.weight: no such tensor"
    )]
    [InlineData(
        "num_hidden_layers",
        "\"three\"",
        "config.json: num_hidden_layers: expected a whole number"
    )]
    [InlineData(
        "position_embedding_type",
        "\"relative_key\"",
        "config.json: position_embedding_type: 'relative_key'"
    )]
    public void A_config_that_does_not_fit_is_refused_by_key(
        string key,
        string value,
        string message
    )
    {
        folder.Copy(Goldens.Own("models/bert-tiny/model.safetensors"), "model.safetensors");
        var config = JsonNode.Parse(File.ReadAllText(Goldens.Own("models/bert-tiny/config.json")))!;
        config[key] = JsonNode.Parse(value);
        folder.Write("config.json", config.ToJsonString());
        var error = Assert.Throws<ModelFormatException>(() => Open(folder.Path).Dispose());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
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
        Open(folder.Path).Dispose();

        var word = file.Tensors["embeddings.word_embeddings.weight"];
        BitConverter.TryWriteBytes(bytes.AsSpan((int)word.Offset), float.NaN);
        using var other = new TemporaryFolder();
        other.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");
        File.WriteAllBytes(Path.Combine(other.Path, "model.safetensors"), bytes);
        var error = Assert.Throws<ModelFormatException>(() => Open(other.Path).Dispose());
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

    internal static EncoderSession Open(string folder) =>
        EncoderSession.FromWeights(
            folder,
            Architecture.Read(JsonFile.ReadObject(Path.Combine(folder, "config.json")))
        );

    internal static JsonElement[] Cases(string golden) =>
        [
            .. Goldens
                .Json(Goldens.Own($"{golden}/golden.json"))
                .GetProperty("cases")
                .EnumerateArray(),
        ];

    private static string Name(JsonElement golden) =>
        golden.TryGetProperty("weights", out var weights)
            ? weights.GetString()!
            : golden.GetProperty("hidden_act").GetString()!;

    internal static void AssertMatches(EncoderSession session, JsonElement golden)
    {
        var inputs = golden.GetProperty("inputs");
        var shape = Goldens.Shape(inputs.GetProperty("input_ids"));
        var ids = Goldens.Integers(inputs.GetProperty("input_ids"));
        var ones = Enumerable.Repeat(1L, ids.Length).ToArray();
        var features = new Features
        {
            InputIds = ids,
            AttentionMask = inputs.TryGetProperty("attention_mask", out var mask)
                ? Goldens.Integers(mask)
                : ones,
            TokenTypeIds = inputs.TryGetProperty("token_type_ids", out var types)
                ? Goldens.Integers(types)
                : new long[ids.Length],
            BatchSize = shape[0],
            TokenCount = shape[1],
        };
        var found = session.Run(features);
        var hidden = golden.GetProperty("outputs").GetProperty("last_hidden_state");
        var expected = Goldens.Floats(hidden);
        var dimension = Goldens.Shape(hidden)[^1];
        Assert.Equal($"({shape[0]}, {shape[1]}, {dimension})", found.ToString());
        for (var position = 0; position < ids.Length; position++)
            if (features.AttentionMask[position] == 1) // what stands at padding is up to the implementation
                Goldens.AssertClose(
                    expected.AsSpan(position * dimension, dimension),
                    found[position / shape[1], position % shape[1]],
                    Tolerance,
                    $"token {position}"
                );
    }
}
