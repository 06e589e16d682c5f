using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>A linear layer with an activation over sentence embeddings, such as the one that brings LaBSE's [CLS] into its final space.</summary>
/// <remarks>Follows <c>Dense</c> of sentence-transformers: activation(x W^T + b), plus x (or x R^T) where there is a residual.</remarks>
public sealed class Dense : IModule
{
    private const int MaximumFeatures = 1 << 20;
    private const string SlopeWeight = "activation_function.weight";

    private readonly float[] weight; // [out, in]
    private readonly float[]? bias; // [out]
    private readonly float[]? residual; // [out, in]; null where x itself is added, or nothing
    private readonly float slope; // of PReLU

    /// <summary>Creates a layer from its weights.</summary>
    /// <param name="weight">Row after row; shape [<paramref name="outFeatures"/>, <paramref name="inFeatures"/>].</param>
    /// <param name="bias">Shape [<paramref name="outFeatures"/>], or null for none.</param>
    /// <param name="inFeatures">How many numbers come in.</param>
    /// <param name="outFeatures">How many numbers go out.</param>
    /// <param name="activation">What is done to each number of the output.</param>
    /// <exception cref="ArgumentException">The weights do not have these shapes.</exception>
    public Dense(
        float[] weight,
        float[]? bias,
        int inFeatures,
        int outFeatures,
        ActivationFunction activation = ActivationFunction.Tanh
    )
        : this(
            weight,
            bias,
            inFeatures,
            outFeatures,
            activation,
            useResidual: false,
            residual: null,
            ActivationFunctions.UnlearntSlope
        ) { }

    private Dense(
        float[] weight,
        float[]? bias,
        int inFeatures,
        int outFeatures,
        ActivationFunction activation,
        bool useResidual,
        float[]? residual,
        float slope
    )
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inFeatures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outFeatures);
        if (weight.Length != (long)inFeatures * outFeatures)
            throw new ArgumentException(
                $"expected {outFeatures} x {inFeatures} numbers, found {weight.Length}",
                nameof(weight)
            );
        if (bias is not null && bias.Length != outFeatures)
            throw new ArgumentException(
                $"expected {outFeatures} numbers, found {bias.Length}",
                nameof(bias)
            );

        this.weight = weight;
        this.bias = bias;
        this.residual = residual;
        this.slope = slope;
        InFeatures = inFeatures;
        OutputDimension = outFeatures;
        Activation = activation;
        UseResidual = useResidual;
    }

    /// <summary>How many numbers come in.</summary>
    public int InFeatures { get; }

    /// <summary>How many numbers go out.</summary>
    public int OutputDimension { get; }

    /// <summary>What is done to each number of the output.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether the input is added to the output, through weights of its own where their lengths differ.</summary>
    public bool UseResidual { get; }

    /// <summary>Reads config.json and the weights of a dense folder (such as 2_Dense).</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="ModelFormatException">The configuration or a weight is not supported, or they contradict each other.</exception>
    public static Dense Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var config = JsonFile.ReadObject(Path.Combine(folder, "config.json"));
        ModuleConfig.RequireSentenceEmbedding(config);
        var inFeatures = config.RequiredInteger("in_features", 1, MaximumFeatures);
        var outFeatures = config.RequiredInteger("out_features", 1, MaximumFeatures);
        var useBias = config.Flag("bias", otherwise: true);
        var useResidual = config.Flag("use_residual", otherwise: false);
        var projectResidual = useResidual && inFeatures != outFeatures;
        var activation =
            ActivationFunctions.Read(config, "activation_function") ?? ActivationFunction.Tanh;
        var learntSlope = activation == ActivationFunction.PRelu;

        using var weights = WeightFile.OpenFolder(folder);
        weights.RequireOnly([
            "linear.weight",
            .. useBias ? ["linear.bias"] : Array.Empty<string>(),
            .. projectResidual ? ["residual.weight"] : Array.Empty<string>(),
            .. learntSlope ? [SlopeWeight] : Array.Empty<string>(),
        ]);
        return new Dense(
            weights.ReadFloats("linear.weight", outFeatures, inFeatures),
            useBias ? weights.ReadFloats("linear.bias", outFeatures) : null,
            inFeatures,
            outFeatures,
            activation,
            useResidual,
            projectResidual ? weights.ReadFloats("residual.weight", outFeatures, inFeatures) : null,
            learntSlope ? weights.ReadFloats(SlopeWeight, 1)[0] : ActivationFunctions.UnlearntSlope
        );
    }

    /// <summary>Replaces the sentence embeddings, shape [batch][in], by the layer's output, shape [batch][out].</summary>
    /// <exception cref="InvalidOperationException">There are no sentence embeddings, or they have another length.</exception>
    public void Forward(Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var embeddings = features.RequireSentenceEmbeddings(nameof(Dense), InFeatures);
        features.SentenceEmbeddings = Array.ConvertAll(embeddings, Forward);
    }

    /// <summary>The module as sentence-transformers 2 prints it.</summary>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <inheritdoc/>
    public string ToString(PrintStyle style)
    {
        var text =
            $"'in_features': {InFeatures}, 'out_features': {OutputDimension}, 'bias': {bias is not null}, 'activation_function': '{Activation.ClassPath()}'";
        if (style == PrintStyle.Current)
            text += $", {ModuleConfig.SentenceEmbeddingNames}";
        if (style == PrintStyle.Current && UseResidual)
            text += ", 'use_residual': True";
        return $"Dense({{{text}}})";
    }

    private float[] Forward(float[] x)
    {
        var y = new float[OutputDimension];
        Multiply(weight, x, y);
        if (bias is not null)
            TensorPrimitives.Add(y, bias, y);
        Activation.Apply(y, slope);
        if (residual is not null)
            TensorPrimitives.Add(y, Multiply(residual, x, new float[y.Length]), y);
        else if (UseResidual)
            TensorPrimitives.Add(y, x, y);
        return y;
    }

    // y = matrix x; matrix: [y, x]
    private static float[] Multiply(float[] matrix, float[] x, float[] y)
    {
        for (var i = 0; i < y.Length; i++)
            y[i] = TensorPrimitives.Dot(matrix.AsSpan(i * x.Length, x.Length), x);
        return y;
    }
}
