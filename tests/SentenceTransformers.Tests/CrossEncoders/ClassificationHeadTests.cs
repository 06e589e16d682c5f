using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>The heads that no reference answer covers as a whole, over token embeddings that the reference computed.</summary>
public sealed class ClassificationHeadTests : IDisposable
{
    private const float Tolerance = 5e-6f;
    private const int Labels = 3;

    private readonly ModelFolder folder = new();
    private readonly Random random = new(7);

    public void Dispose() => folder.Dispose();

    // The layers' names are those of the reference's checkpoints.
    [Theory]
    [InlineData("distilbert-tiny", "distilbert.", "pre_classifier", "classifier")]
    [InlineData("electra-tiny", "electra.", "classifier.dense", "classifier.out_proj")]
    [InlineData("mpnet-tiny", "mpnet.", "classifier.dense", "classifier.out_proj")]
    [InlineData("albert-tiny", "albert.", "albert.pooler", "classifier")]
    [InlineData("roberta-tiny", "roberta.", "classifier.dense", "classifier.out_proj")]
    public void A_head_is_a_dense_layer_an_activation_and_a_linear_layer_over_the_first_token(
        string name,
        string prefix,
        string dense,
        string output
    )
    {
        var golden = EncoderGolden.Cases(Goldens.Own($"models/{name}/golden.json"))[2];
        Assert.Contains(
            "pad",
            golden.GetProperty("name").GetString()!,
            StringComparison.OrdinalIgnoreCase
        );
        var hidden = golden.GetProperty("outputs").GetProperty("last_hidden_state");
        var (batch, tokens, width) = (
            Goldens.Shape(hidden)[0],
            Goldens.Shape(hidden)[1],
            Goldens.Shape(hidden)[2]
        );
        var layers = new[] { RandomLayer(width, width), RandomLayer(width, Labels) };
        WriteModel(name, prefix, (dense, layers[0]), (output, layers[1]));
        var config = JsonFile.ReadObject(folder["config.json"]);
        using var session = EncoderSession.FromWeights(
            folder.Path,
            Architecture.Read(config),
            ClassificationHead.Read(config)
        );
        var found = session.RunHead(EncoderGolden.Inputs(golden), Labels);
        var rows = Goldens.Rows(hidden);
        for (var text = 0; text < batch; text++)
        {
            var inner = layers[0].Apply(rows[text * tokens]).Select(Activation(name));
            Goldens.AssertClose(
                layers[1].Apply([.. inner]),
                found[text],
                Tolerance,
                $"{name}, text {text}"
            );
        }
    }

    private static Func<float, float> Activation(string name) =>
        name switch
        {
            "distilbert-tiny" => x => Math.Max(x, 0),
            "electra-tiny" => x => (float)(x * (1 + Erf.Compute(x / Math.Sqrt(2))) / 2),
            _ => MathF.Tanh,
        };

    private void WriteModel(string name, string prefix, params (string Name, Layer Layer)[] head)
    {
        var config = JsonNode.Parse(File.ReadAllText(Goldens.Own($"models/{name}/config.json")))!;
        config["id2label"] = new JsonObject
        {
            ["0"] = "a",
            ["1"] = "b",
            ["2"] = "c",
        };
        folder.Write("config.json", config.ToJsonString());
        using var body = WeightFile.OpenFolder(Goldens.Own($"models/{name}"));
        folder.WriteSafetensors(
            "model.safetensors",
            [
                .. body
                    .Tensors.Values.Where(tensor =>
                        tensor.DType == "F32"
                        && !tensor.Name.StartsWith("pooler", StringComparison.Ordinal)
                    )
                    .Select(tensor =>
                        (
                            prefix + tensor.Name,
                            tensor.Shape.Select(size => (int)size).ToArray(),
                            body.ReadFloats(tensor.Name)
                        )
                    ),
                .. head.SelectMany(one =>
                    new[]
                    {
                        (
                            $"{one.Name}.weight",
                            new[] { one.Layer.Bias.Length, one.Layer.Inputs },
                            one.Layer.Weight
                        ),
                        ($"{one.Name}.bias", [one.Layer.Bias.Length], one.Layer.Bias),
                    }
                ),
            ]
        );
    }

    private Layer RandomLayer(int inputs, int outputs) =>
        new(
            inputs,
            [.. Enumerable.Range(0, inputs * outputs).Select(_ => random.NextSingle() - 0.5f)],
            [.. Enumerable.Range(0, outputs).Select(_ => random.NextSingle() - 0.5f)]
        );

    private sealed record Layer(int Inputs, float[] Weight, float[] Bias)
    {
        public float[] Apply(float[] x) =>
            [
                .. Bias.Select(
                    (bias, row) =>
                        (float)(
                            bias
                            + x.Select((value, i) => (double)value * Weight[row * Inputs + i]).Sum()
                        )
                ),
            ];
    }
}
