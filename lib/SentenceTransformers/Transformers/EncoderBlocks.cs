namespace SentenceTransformers;

/// <summary>The building blocks that every encoder's figure is drawn with, as ONNX operators over named weights.</summary>
/// <param name="graph">The graph that is built.</param>
/// <param name="weights">The weights by their names in the file.</param>
/// <param name="batchAndTokens">The run's [batch, tokens], as the graph computes it from its input.</param>
internal sealed class EncoderBlocks(
    OnnxGraph graph,
    EncoderWeights weights,
    OnnxValue batchAndTokens
)
{
    /// <summary>The activations known, by the names of Hugging Face's <c>hidden_act</c>.</summary>
    public static IReadOnlyList<string> Activations { get; } =
    [
        "gelu",
        "gelu_python",
        "gelu_new",
        "gelu_fast",
        "gelu_pytorch_tanh",
        "relu",
        "silu",
        "swish",
        "quick_gelu",
        "tanh",
    ];

    /// <summary>0 where the mask is 1, the lowest float where it is 0; shape [batch, 1, 1, tokens].</summary>
    public static OnnxValue AdditiveMask(OnnxValue attentionMask)
    {
        var graph = attentionMask.Graph;
        var mask = graph.Node("Cast", [attentionMask], ("to", (long)OnnxElement.Float));
        var lowest = (graph.Constant(1f) - mask) * graph.Constant(float.MinValue);
        return graph.Node("Unsqueeze", [lowest, graph.Constant(1, 2)]);
    }

    /// <summary>The activation function of that name.</summary>
    public static OnnxValue Activate(OnnxValue x, string activation)
    {
        var graph = x.Graph;
        return activation switch
        {
            "gelu" or "gelu_python" => graph.Node("Gelu", [x], ("approximate", "none")),
            "gelu_new" or "gelu_fast" or "gelu_pytorch_tanh" => graph.Node(
                "Gelu",
                [x],
                ("approximate", "tanh")
            ),
            "relu" => graph.Node("Relu", [x]),
            "silu" or "swish" => x * graph.Node("Sigmoid", [x]),
            "tanh" => graph.Node("Tanh", [x]),
            "quick_gelu" => x * graph.Node("Sigmoid", [x * graph.Constant(1.702f)]),
            _ => throw new ArgumentException($"no activation '{activation}'", nameof(activation)),
        };
    }

    /// <summary>A row of a table for each id; [batch, tokens] to [batch, tokens, width].</summary>
    public OnnxValue Lookup(string name, int rows, int width, OnnxValue ids) =>
        graph.Node("Gather", [weights.Take(graph, name, rows, width), ids]);

    /// <summary>The first rows of a table, one for each position of the batch; shape [tokens, width].</summary>
    public OnnxValue FirstRows(string name, int rows, int width, OnnxValue ids)
    {
        var tokens = graph.Node("Shape", [ids], ("start", 1L));
        return graph.Node(
            "Slice",
            [weights.Take(graph, name, rows, width), graph.Constant([0]), tokens]
        );
    }

    /// <summary>x W^T + b; [..., inputs] to [batch, tokens, outputs].</summary>
    public OnnxValue Linear(OnnxValue x, string name, int inputs, int outputs)
    {
        var rows = graph.Node("Reshape", [x, graph.Constant(-1, inputs)]); // [batch * tokens, inputs]
        return Reshape(LinearRows(rows, name, inputs, outputs), outputs);
    }

    /// <summary>x W^T + b; [rows, inputs] to [rows, outputs].</summary>
    /// <remarks>Gemm reads the file's [outputs, inputs] layout as it is, so that no transposed copy is made.</remarks>
    public OnnxValue LinearRows(OnnxValue rows, string name, int inputs, int outputs)
    {
        var weight = weights.Take(graph, $"{name}.weight", outputs, inputs);
        var bias = weights.Take(graph, $"{name}.bias", outputs);
        return graph.Node("Gemm", [rows, weight, bias], ("transB", 1L));
    }

    /// <summary>The vector of each text's first token; [batch, tokens, width] to [batch, width].</summary>
    public static OnnxValue FirstToken(OnnxValue x, int width)
    {
        var first = x.Graph.Node("Gather", [x, x.Graph.Constant([0])], ("axis", 1L)); // [batch, 1, width]
        return x.Graph.Node("Reshape", [first, x.Graph.Constant(-1, width)]);
    }

    /// <summary>Layer normalisation over the last dimension (Ba et al. 2016).</summary>
    public OnnxValue LayerNorm(OnnxValue x, string name, int width, float epsilon) =>
        graph.Node(
            "LayerNormalization",
            [
                x,
                weights.Take(graph, $"{name}.weight", width),
                weights.Take(graph, $"{name}.bias", width),
            ],
            ("axis", -1L),
            ("epsilon", epsilon)
        );

    /// <summary>Scaled dot-product attention with several heads (Vaswani et al. 2017); [batch, tokens, hidden] to the same.</summary>
    public OnnxValue Attention(
        OnnxValue query,
        OnnxValue key,
        OnnxValue value,
        OnnxValue mask,
        int heads,
        int headSize
    )
    {
        var q = graph.Node(
            "Transpose",
            [Reshape(query, heads, headSize)],
            ("perm", new long[] { 0, 2, 1, 3 })
        ); // [batch, heads, tokens, headSize]
        var k = graph.Node(
            "Transpose",
            [Reshape(key, heads, headSize)],
            ("perm", new long[] { 0, 2, 3, 1 })
        ); // [batch, heads, headSize, tokens]
        var v = graph.Node(
            "Transpose",
            [Reshape(value, heads, headSize)],
            ("perm", new long[] { 0, 2, 1, 3 })
        );
        var scale = graph.Constant(1 / MathF.Sqrt(headSize));
        var scores = graph.Node("MatMul", [q, k]) * scale + mask; // [batch, heads, tokens, tokens]
        var weighted = graph.Node("MatMul", [graph.Node("Softmax", [scores], ("axis", -1L)), v]);
        return Reshape(
            graph.Node("Transpose", [weighted], ("perm", new long[] { 0, 2, 1, 3 })),
            heads * headSize
        );
    }

    private OnnxValue Reshape(OnnxValue x, params long[] rest) =>
        graph.Node(
            "Reshape",
            [x, graph.Node("Concat", [batchAndTokens, graph.Constant(rest)], ("axis", 0L))]
        );
}
