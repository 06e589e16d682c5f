using System.Text.Json;
using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>Encoders of the goldens' folders, and what Hugging Face's models computed with them.</summary>
internal static class EncoderGolden
{
    // Float noise of the reference itself is 2e-6; the weakest error that means something, a wrong epsilon, moves outputs by 2e-5.
    private const float Tolerance = 5e-6f;

    /// <summary>The encoder of a folder.</summary>
    public static EncoderSession Open(string folder, LoadOptions? options = null) =>
        EncoderSession.FromWeights(folder, Read(folder), options: options);

    /// <summary>The architecture that a folder's config.json names.</summary>
    public static Architecture Read(string folder) =>
        Architecture.Read(JsonFile.ReadObject(Path.Combine(folder, "config.json")));

    /// <summary>Writes a golden model's config.json into a folder, with one key changed (or removed, where the value is null).</summary>
    public static void WriteConfig(TemporaryFolder folder, string model, string key, string? value)
    {
        var config = JsonNode
            .Parse(File.ReadAllText(Goldens.Own($"models/{model}/config.json")))!
            .AsObject();
        if (value is null)
            Assert.True(config.Remove(key), $"config.json of {model} has no {key}");
        else
            config[key] = JsonNode.Parse(value);
        folder.Write("config.json", config.ToJsonString());
    }

    /// <summary>The cases of a golden.json.</summary>
    public static JsonElement[] Cases(string file) =>
        [.. Goldens.Json(file).GetProperty("cases").EnumerateArray()];

    /// <summary>The inputs of a case as a batch: without a mask all tokens count, without types all are 0.</summary>
    public static Features Inputs(JsonElement golden)
    {
        var inputs = golden.GetProperty("inputs");
        var shape = Goldens.Shape(inputs.GetProperty("input_ids"));
        var ids = Goldens.Integers(inputs.GetProperty("input_ids"));
        return new Features
        {
            InputIds = ids,
            AttentionMask = inputs.TryGetProperty("attention_mask", out var mask)
                ? Goldens.Integers(mask)
                : [.. Enumerable.Repeat(1L, ids.Length)],
            TokenTypeIds = inputs.TryGetProperty("token_type_ids", out var types)
                ? Goldens.Integers(types)
                : new long[ids.Length],
            BatchSize = shape[0],
            TokenCount = shape[1],
        };
    }

    /// <summary>Holds an encoder's output equal to a case's; what stands at padding is up to the implementation.</summary>
    public static void AssertMatches(EncoderSession session, JsonElement golden)
    {
        var features = Inputs(golden);
        var found = session.Run(features);
        var hidden = golden.GetProperty("outputs").GetProperty("last_hidden_state");
        var expected = Goldens.Floats(hidden);
        var dimension = Goldens.Shape(hidden)[^1];
        var tokens = features.TokenCount;
        Assert.Equal($"({features.BatchSize}, {tokens}, {dimension})", found.ToString());
        for (var position = 0; position < features.InputIds.Length; position++)
            if (features.AttentionMask[position] == 1)
                Goldens.AssertClose(
                    expected.AsSpan(position * dimension, dimension),
                    found[position / tokens, position % tokens],
                    Tolerance,
                    $"token {position}"
                );
    }
}
