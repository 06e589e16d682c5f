namespace SentenceTransformers;

/// <summary>The building blocks that every encoder's figure is drawn with, as ONNX operators over named weights.</summary>
/// <param name="graph">The graph that is built.</param>
/// <param name="weights">The weights by their names in the file.</param>
/// <param name="batchAndTokens">The run's [batch, tokens], as the graph computes it from its input.</param>
/// <param name="precision">In which numbers <see cref="Linear"/> computes.</param>
/// <remarks>
/// Operators of ONNX only. ONNX Runtime fuses what it has kernels for when it loads them; its own fused attention and
/// skip-layer-norm, asked for by name, were no faster in 32 bits and slower in 8 (ONNX Runtime 1.31, AVX-512).
/// </remarks>
internal sealed partial class EncoderBlocks(
    OnnxGraph graph,
    EncoderWeights weights,
    OnnxValue batchAndTokens,
    Precision precision = Precision.Float32
)
{
    private const string PositionTable = "embeddings.position_embeddings.weight";

    /// <summary>0 where the mask is 1, the lowest float where it is 0; shape [batch, 1, 1, tokens].</summary>
    public static OnnxValue AdditiveMask(OnnxValue attentionMask)
    {
        var graph = attentionMask.Graph;
        var mask = graph.Node("Cast", [attentionMask], ("to", (long)OnnxElement.Float));
        var lowest = (graph.Constant(1f) - mask) * graph.Constant(float.MinValue);
        return graph.Node("Unsqueeze", [lowest, graph.Constant(1, 2)]);
    }

    /// <summary>The word embeddings of the batch; [batch, tokens] to [batch, tokens, width].</summary>
    public OnnxValue Words(OnnxValue ids, int rows, int width) =>
        Lookup("embeddings.word_embeddings.weight", rows, width, ids);

    /// <summary>The embeddings of the token types; shape [batch, tokens, width], or [1, width] where all are type 0.</summary>
    public OnnxValue TokenTypes(OnnxValue? types, int rows, int width)
    {
        const string name = "embeddings.token_type_embeddings.weight";
        return types is null
            ? FirstRows(name, rows, width, graph.Constant(1))
            : Lookup(name, rows, width, types);
    }

    /// <summary>The embeddings of positions 0, 1, 2, ..., the same for each text; shape [tokens, width].</summary>
    public OnnxValue Positions(OnnxValue ids, int rows, int width) =>
        FirstRows(PositionTable, rows, width, graph.Node("Shape", [ids], ("start", 1L)));

    /// <summary>The embeddings of RoBERTa's positions; shape [batch, tokens, width].</summary>
    /// <remarks>The first token has position padding + 1, the next one more; padding, wherever it stands, has its own id as position.</remarks>
    public OnnxValue PositionsBehindPadding(OnnxValue ids, int paddingId, int rows, int width)
    {
        var padding = graph.Constant(paddingId);
        var isPadding = graph.Node("Equal", [ids, padding]);
        var isToken = graph.Node(
            "Cast",
            [graph.Node("Not", [isPadding])],
            ("to", (long)OnnxElement.Int64)
        ); // [batch, tokens]
        var count = graph.Node("CumSum", [isToken, graph.Constant(1)]);
        return Lookup(PositionTable, rows, width, count * isToken + padding);
    }

    /// <summary>A number for each head and each pair of positions, looked up by their distance; shape [heads, tokens, tokens].</summary>
    /// <param name="ids">The batch, for its number of tokens.</param>
    /// <param name="name">The table, one row for each bucket of distances.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="heads">How many numbers each row has.</param>
    /// <param name="farthest">The distance from which on all share a bucket.</param>
    /// <param name="bucket">The row of a distance (of the position looked at minus the one that looks).</param>
    public OnnxValue DistanceBias(
        OnnxValue ids,
        string name,
        int rows,
        int heads,
        int farthest,
        Func<int, int> bucket
    )
    {
        var tokens = graph.Node("Squeeze", [graph.Node("Shape", [ids], ("start", 1L))]);
        var position = graph.Node("Range", [Scalar(0), tokens, Scalar(1)]); // [tokens]
        var distance = position - graph.Node("Unsqueeze", [position, graph.Constant(1)]); // [tokens, tokens]
        var clipped = graph.Node("Clip", [distance, Scalar(-farthest), Scalar(farthest)]);
        var buckets = graph.Constant([
            .. Enumerable
                .Range(-farthest, 2 * farthest + 1)
                .Select(distance => (long)bucket(distance)),
        ]);
        var row = graph.Node("Gather", [buckets, clipped + Scalar(farthest)]);
        return graph.Node(
            "Transpose",
            [Lookup(name, rows, heads, row)],
            ("perm", new long[] { 2, 0, 1 })
        );

        OnnxValue Scalar(long number) => graph.Node("Squeeze", [graph.Constant(number)]);
    }

    /// <summary>x W^T + b; [..., inputs] to [batch, tokens, outputs].</summary>
    public OnnxValue Linear(OnnxValue x, string name, int inputs, int outputs)
    {
        if (precision == Precision.Int8)
            return QuantizedLinear(x, name, inputs, outputs);
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

    /// <summary>x W^T; [rows, inputs] to [rows, outputs].</summary>
    public OnnxValue Projection(OnnxValue rows, string name, int inputs, int outputs) =>
        graph.Node(
            "Gemm",
            [rows, weights.Take(graph, $"{name}.weight", outputs, inputs)],
            ("transB", 1L)
        );

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

    /// <summary>One layer of the encoder in "Attention is all you need" (Vaswani et al. 2017); [batch, tokens, width] to the same.</summary>
    /// <remarks>Each token looks at all others, then thinks for itself; what comes out is added to what went in, and normalised.</remarks>
    public OnnxValue Layer(OnnxValue x, OnnxValue mask, EncoderConfig config, LayerNames names)
    {
        x = LayerNorm(
            x + SelfAttention(x, mask, config, names),
            names.AttentionNorm,
            config.Width,
            config.Epsilon
        );
        return LayerNorm(
            x + FeedForward(x, config, names),
            names.OutputNorm,
            config.Width,
            config.Epsilon
        );
    }

    /// <summary>A layer that normalises what goes in instead of what comes out, as in GPT-2 and CLIP; [batch, tokens, width] to the same.</summary>
    public OnnxValue PreNormLayer(
        OnnxValue x,
        OnnxValue? mask,
        EncoderConfig config,
        LayerNames names
    )
    {
        var seen = LayerNorm(x, names.AttentionNorm, config.Width, config.Epsilon);
        x += SelfAttention(seen, mask, config, names);
        var thought = LayerNorm(x, names.OutputNorm, config.Width, config.Epsilon);
        return x + FeedForward(thought, config, names);
    }

    private OnnxValue SelfAttention(
        OnnxValue x,
        OnnxValue? mask,
        EncoderConfig config,
        LayerNames names
    )
    {
        var width = config.Width;
        var query = Linear(x, names.Query, width, width);
        var key = Linear(x, names.Key, width, width);
        var value = Linear(x, names.Value, width, width);
        var context = Attention(query, key, value, mask, config.Heads, width / config.Heads);
        return Linear(context, names.AttentionOutput, width, width);
    }

    private OnnxValue FeedForward(OnnxValue x, EncoderConfig config, LayerNames names)
    {
        var inner = Linear(x, names.Intermediate, config.Width, config.IntermediateSize);
        return Linear(
            Activate(inner, config.Activation),
            names.Output,
            config.IntermediateSize,
            config.Width
        );
    }

    /// <summary>Scaled dot-product attention with several heads (Vaswani et al. 2017); [batch, tokens, hidden] to the same.</summary>
    private OnnxValue Attention(
        OnnxValue query,
        OnnxValue key,
        OnnxValue value,
        OnnxValue? mask,
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
        var scores = graph.Node("MatMul", [q, k]) * scale; // [batch, heads, tokens, tokens]
        if (mask is not null)
            scores += mask;
        var weighted = graph.Node("MatMul", [graph.Node("Softmax", [scores], ("axis", -1L)), v]);
        return Reshape(
            graph.Node("Transpose", [weighted], ("perm", new long[] { 0, 2, 1, 3 })),
            heads * headSize
        );
    }

    /// <summary>A row of a table for each id; any shape to that shape with [width] behind it.</summary>
    public OnnxValue Lookup(string name, int rows, int width, OnnxValue ids) =>
        graph.Node("Gather", [weights.Take(graph, name, rows, width), ids]);

    /// <summary>The first rows of a table; shape [count, width].</summary>
    public OnnxValue FirstRows(string name, int rows, int width, OnnxValue count) =>
        graph.Node("Slice", [weights.Take(graph, name, rows, width), graph.Constant([0]), count]);

    private OnnxValue Reshape(OnnxValue x, params long[] rest) =>
        graph.Node(
            "Reshape",
            [x, graph.Node("Concat", [batchAndTokens, graph.Constant(rest)], ("axis", 0L))]
        );
}
