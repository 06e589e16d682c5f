namespace SentenceTransformers;

internal sealed partial class EncoderBlocks
{
    /// <summary>The activations known, by the names of Hugging Face's <c>hidden_act</c>.</summary>
    public static IReadOnlyList<string> Activations { get; } =
    [
        "gelu",
        "gelu_python",
        "gelu_new",
        "gelu_fast",
        "gelu_pytorch_tanh",
        "gelu_python_tanh",
        "gelu_accurate",
        "gelu_10",
        "quick_gelu",
        "relu",
        "relu2",
        "relu6",
        "leaky_relu",
        "silu",
        "swish",
        "mish",
        "sigmoid",
        "tanh",
        "linear",
    ];

    /// <summary>The activation function of that name.</summary>
    public static OnnxValue Activate(OnnxValue x, string activation)
    {
        var graph = x.Graph;
        return activation switch
        {
            "gelu" or "gelu_python" => Gelu("none"),
            "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => Gelu("tanh"),
            "gelu_python_tanh" or "gelu_accurate" => Gelu("tanh"),
            "gelu_10" => graph.Node(
                "Clip",
                [Gelu("none"), graph.Constant(-10f), graph.Constant(10f)]
            ),
            "quick_gelu" => x * graph.Node("Sigmoid", [x * graph.Constant(1.702f)]),
            "relu" => Relu(),
            "relu2" => Relu() * Relu(),
            "relu6" => graph.Node("Clip", [x, graph.Constant(0f), graph.Constant(6f)]),
            "leaky_relu" => graph.Node("LeakyRelu", [x], ("alpha", 0.01f)),
            "silu" or "swish" => x * graph.Node("Sigmoid", [x]),
            "mish" => x * graph.Node("Tanh", [graph.Node("Softplus", [x])]),
            "sigmoid" => graph.Node("Sigmoid", [x]),
            "tanh" => graph.Node("Tanh", [x]),
            "linear" => x,
            _ => throw new ArgumentException($"no activation '{activation}'", nameof(activation)),
        };

        OnnxValue Gelu(string approximate) => graph.Node("Gelu", [x], ("approximate", approximate));

        OnnxValue Relu() => graph.Node("Relu", [x]);
    }
}
