using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>Brings each sentence embedding to mean 0 and variance 1, then scales and shifts each dimension by learnt weights.</summary>
/// <remarks>Follows <c>LayerNorm</c> of sentence-transformers, which is torch's with eps 1e-5 (https://arxiv.org/abs/1607.06450).</remarks>
public sealed class LayerNorm : IModule
{
    private const float Epsilon = 1e-5f;
    private const int MaximumDimension = 1 << 20;

    private readonly float[] weight; // [dimension]
    private readonly float[] bias; // [dimension]

    /// <summary>Creates a layer from its weights.</summary>
    /// <param name="weight">What each dimension is multiplied by; shape [dimension].</param>
    /// <param name="bias">What each dimension is shifted by; shape [dimension].</param>
    /// <exception cref="ArgumentException">The weights are empty or have different lengths.</exception>
    public LayerNorm(float[] weight, float[] bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        if (weight.Length == 0 || weight.Length != bias.Length)
            throw new ArgumentException(
                $"expected as many biases as weights, found {bias.Length} and {weight.Length}",
                nameof(bias)
            );
        this.weight = weight;
        this.bias = bias;
    }

    /// <summary>How many numbers come in and go out.</summary>
    public int Dimension => weight.Length;

    /// <summary>Reads config.json and the weights of a layer-norm folder.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="ModelFormatException">The configuration and the weights contradict each other.</exception>
    public static LayerNorm Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var dimension = JsonFile
            .ReadObject(Path.Combine(folder, "config.json"))
            .RequiredInteger("dimension", 1, MaximumDimension);
        using var weights = WeightFile.OpenFolder(folder);
        weights.RequireOnly("norm.weight", "norm.bias");
        return new LayerNorm(
            weights.ReadFloats("norm.weight", dimension),
            weights.ReadFloats("norm.bias", dimension)
        );
    }

    /// <summary>Replaces the sentence embeddings by the normalised ones; shape [batch][dimension].</summary>
    /// <exception cref="InvalidOperationException">There are no sentence embeddings, or they have another length.</exception>
    public void Forward(Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var embeddings = features.RequireSentenceEmbeddings(nameof(LayerNorm), Dimension);
        features.SentenceEmbeddings = Array.ConvertAll(embeddings, Forward);
    }

    /// <summary>The module as sentence-transformers 2 prints it.</summary>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <inheritdoc/>
    public string ToString(PrintStyle style) =>
        style == PrintStyle.Classic
            ? $"LayerNorm(\n  (norm): LayerNorm(({Dimension},), eps=1e-05, elementwise_affine=True)\n)"
            : $"LayerNorm({{'dimension': {Dimension}}})";

    private float[] Forward(float[] x)
    {
        var y = new float[x.Length];
        TensorPrimitives.Subtract(x, TensorPrimitives.Sum(x) / x.Length, y);
        var variance = TensorPrimitives.SumOfSquares(y) / y.Length; // without Bessel's correction
        TensorPrimitives.Divide(y, MathF.Sqrt(variance + Epsilon), y);
        TensorPrimitives.MultiplyAdd(y, weight, bias, y);
        return y;
    }
}
