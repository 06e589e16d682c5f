namespace SentenceTransformers;

/// <summary>The matrices of the layers in 8 bits, by an operator of ONNX Runtime's own (domain com.microsoft).</summary>
internal sealed partial class EncoderBlocks
{
    /// <summary>x W^T + b with x and W in 8 bits; [batch, tokens, inputs] to [batch, tokens, outputs].</summary>
    /// <remarks>
    /// W's rows are scaled each by itself, once and for all (per-channel, symmetric); x is scaled as a whole in each run
    /// (dynamic), so that here a batch does change a vector, by what rounding to 8 bits changes.
    /// </remarks>
    private OnnxValue QuantizedLinear(OnnxValue x, string name, int inputs, int outputs)
    {
        var (numbers, scales) = Quantize($"{name}.weight", inputs, outputs);
        return graph.RuntimeNode(
            "DynamicQuantizeMatMul",
            [x, numbers, scales, null, weights.Take(graph, $"{name}.bias", outputs)]
        );
    }

    /// <summary>Rows [outputs, inputs] to columns [inputs, outputs], each output's numbers from -127 to 127 (or -63 to 63).</summary>
    /// <remarks>Only the scales are computed here: ONNX Runtime folds the rest as it loads, straight from the file.</remarks>
    private (OnnxValue Numbers, OnnxValue Scales) Quantize(string name, int inputs, int outputs)
    {
        if (quantized.TryGetValue(name, out var known)) // ALBERT's layers share their weights
            return known;
        var scales = weights.RowMagnitudes(name, outputs, inputs);
        foreach (ref var scale in scales.AsSpan())
            scale = scale == 0 ? 1 : scale / Int8Arithmetic.LargestWeight; // a row of zeros stays one
        var perRow = graph.Constant(scales, [outputs]);
        var numbers = graph.Node(
            "QuantizeLinear",
            [
                weights.Take(graph, name, outputs, inputs),
                perRow,
                graph.Constant(new sbyte[outputs], [outputs]),
            ],
            ("axis", 0L)
        );
        return quantized[name] = (
            graph.Node("Transpose", [numbers], ("perm", new long[] { 1, 0 })),
            perRow
        );
    }

    private readonly Dictionary<string, (OnnxValue Numbers, OnnxValue Scales)> quantized = [];
}
