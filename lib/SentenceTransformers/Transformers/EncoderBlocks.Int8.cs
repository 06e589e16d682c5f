using System.Numerics.Tensors;

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
        if (!quantized.TryGetValue(name, out var weight))
            quantized[name] = weight = Quantize(
                weights.Read($"{name}.weight", outputs, inputs),
                inputs,
                outputs
            );
        return graph.RuntimeNode(
            "DynamicQuantizeMatMul",
            [x, weight.Numbers, weight.Scales, null, weights.Take(graph, $"{name}.bias", outputs)]
        );
    }

    private readonly Dictionary<string, (OnnxValue Numbers, OnnxValue Scales)> quantized = [];

    // Rows [outputs, inputs] to columns [inputs, outputs], each output's numbers from -127 to 127 (or -63 to 63).
    private (OnnxValue Numbers, OnnxValue Scales) Quantize(float[] weight, int inputs, int outputs)
    {
        float largest = Int8Arithmetic.LargestWeight;
        var numbers = new sbyte[weight.Length];
        var scales = new float[outputs];
        for (var row = 0; row < outputs; row++)
        {
            var from = weight.AsSpan(row * inputs, inputs);
            var scale = Math.Abs(TensorPrimitives.MaxMagnitude(from)) / largest;
            scales[row] = scale = scale == 0 ? 1 : scale; // a row of zeros stays one
            for (var i = 0; i < inputs; i++)
                numbers[i * outputs + row] = (sbyte)MathF.Round(from[i] / scale);
        }
        return (graph.Constant(numbers, [inputs, outputs]), graph.Constant(scales, [outputs]));
    }
}
