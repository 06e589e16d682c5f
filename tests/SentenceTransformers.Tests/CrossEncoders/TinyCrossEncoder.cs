using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>A cross-encoder's folder with the small reference model's weights and a vocabulary to read, for a test to change.</summary>
internal sealed class TinyCrossEncoder : IDisposable
{
    /// <summary>modules.json as sentence-transformers 6 writes it.</summary>
    public const string Modules =
        """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"}]""";

    private readonly ModelFolder folder = new();
    private readonly JsonNode config;

    /// <summary>Writes the folder: one label, no activation named, at most 40 tokens.</summary>
    public TinyCrossEncoder()
    {
        config = JsonNode.Parse(
            File.ReadAllText(Goldens.Own("cross-encoders/bert-ce-1/config.json"))
        )!;
        ChangeConfig(json => json.AsObject().Remove("sentence_transformers"));
        folder.Copy(Goldens.Own("cross-encoders/bert-ce-1/model.safetensors"), "model.safetensors");
        folder.Write("vocab.txt", TinyTokenizer.VocabularyText);
        folder.Write(
            "tokenizer_config.json",
            """{"do_lower_case": false, "model_max_length": 40}"""
        );
    }

    public string Path => folder.Path;

    /// <summary>Texts of the vocabulary's words.</summary>
    public static (string, string)[] Pairs =>
        [("나는 학생이다.", "embeddings"), ("", "a b"), ("한", "나는 나는 나는 나는 학생이다.")];

    public CrossEncoder Load() => CrossEncoder.Load(Path);

    public string Write(string name, string text) => folder.Write(name, text);

    public void ChangeConfig(Action<JsonNode> change)
    {
        change(config);
        folder.Write("config.json", config.ToJsonString());
    }

    /// <summary>Gives the classifier several rows: each label's is the one row times its own number.</summary>
    public void WriteLabels(params float[] factors)
    {
        ChangeWeights(
            (name, shape, values) =>
                name.StartsWith("classifier.", StringComparison.Ordinal)
                    ? (
                        name,
                        [factors.Length, .. shape[1..]],
                        [.. factors.SelectMany(factor => values.Select(x => factor * x))]
                    )
                    : (name, shape, values)
        );
        ChangeConfig(json =>
            json["id2label"] = new JsonObject(
                factors.Select((_, i) => KeyValuePair.Create($"{i}", (JsonNode?)$"label {i}"))
            )
        );
    }

    /// <summary>Writes the weights anew; a null leaves one out.</summary>
    public void ChangeWeights(Func<string, int[], float[], (string, int[], float[])?> change)
    {
        using var weights = WeightFile.OpenFolder(Goldens.Own("cross-encoders/bert-ce-1"));
        folder.WriteSafetensors(
            "model.safetensors",
            [
                .. weights
                    .Tensors.Values.Select(tensor =>
                        change(
                            tensor.Name,
                            [.. tensor.Shape.Select(size => (int)size)],
                            weights.ReadFloats(tensor.Name)
                        )
                    )
                    .OfType<(string, int[], float[])>(),
            ]
        );
    }

    public void Dispose() => folder.Dispose();
}
