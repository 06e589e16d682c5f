using Microsoft.ML.OnnxRuntime;

namespace SentenceTransformers.Tests;

/// <summary>The activations of Hugging Face's <c>hidden_act</c> as ONNX computes them, by their definitions.</summary>
public sealed class EncoderActivationTests
{
    private static readonly float[] Numbers = [-20, -3, -1, -0.1f, 0, 0.5f, 2, 7, 20];

    private static readonly Dictionary<string, Func<double, double>> Definitions = new()
    {
        ["gelu"] = Gelu,
        ["gelu_python"] = Gelu,
        ["gelu_new"] = TanhGelu,
        ["gelu_fast"] = TanhGelu,
        ["gelu_pytorch_tanh"] = TanhGelu,
        ["gelu_python_tanh"] = TanhGelu,
        ["gelu_accurate"] = TanhGelu,
        ["gelu_10"] = x => Math.Clamp(Gelu(x), -10, 10),
        ["quick_gelu"] = x => x / (1 + Math.Exp(-1.702 * x)),
        ["relu"] = x => Math.Max(x, 0),
        ["relu2"] = x => Math.Max(x, 0) * Math.Max(x, 0),
        ["relu6"] = x => Math.Min(Math.Max(x, 0), 6),
        ["leaky_relu"] = x => x < 0 ? x / 100 : x,
        ["silu"] = x => x / (1 + Math.Exp(-x)),
        ["swish"] = x => x / (1 + Math.Exp(-x)),
        ["mish"] = x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
        ["sigmoid"] = x => 1 / (1 + Math.Exp(-x)),
        ["tanh"] = Math.Tanh,
        ["linear"] = x => x,
    };

    [Fact]
    public void Each_has_the_values_of_its_definition()
    {
        Assert.Equal(Definitions.Keys.Order(), EncoderBlocks.Activations.Order());
        foreach (var (name, definition) in Definitions)
            Goldens.AssertClose(
                [.. Numbers.Select(x => (float)definition(x))],
                Compute(name),
                1e-6f,
                name
            );
    }

    private static float[] Compute(string activation)
    {
        var graph = new OnnxGraph(activation);
        var x = graph.Input("x", OnnxElement.Float, $"{Numbers.Length}");
        graph.Output(
            EncoderBlocks.Activate(x, activation),
            "y",
            OnnxElement.Float,
            $"{Numbers.Length}"
        );
        using var session = new InferenceSession(graph.ToModel());
        using var input = OrtValue.CreateTensorValueFromMemory(Numbers, [Numbers.Length]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["x"], [input], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static double Gelu(double x) => x * (1 + Erf.Compute(x / Math.Sqrt(2))) / 2;

    private static double TanhGelu(double x) =>
        x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
