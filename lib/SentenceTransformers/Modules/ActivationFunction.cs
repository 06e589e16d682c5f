namespace SentenceTransformers;

/// <summary>What a dense layer does to each number of its output: torch's activations, with torch's default parameters.</summary>
public enum ActivationFunction
{
    /// <summary>x itself.</summary>
    Identity,

    /// <summary>The hyperbolic tangent, between -1 and 1.</summary>
    Tanh,

    /// <summary>x, but 0 below 0.</summary>
    Relu,

    /// <summary>x times the normal distribution's share below x, with the exact error function (https://arxiv.org/abs/1606.08415).</summary>
    Gelu,

    /// <summary>1 / (1 + e^-x), between 0 and 1.</summary>
    Sigmoid,

    /// <summary>x times its sigmoid.</summary>
    Silu,

    /// <summary>x, but e^x - 1 below 0 (https://arxiv.org/abs/1511.07289).</summary>
    Elu,

    /// <summary>The same as <see cref="Elu"/>, as torch's default is (https://arxiv.org/abs/1704.07483).</summary>
    Celu,

    /// <summary>ELU, scaled so that mean and variance stay 0 and 1 (https://arxiv.org/abs/1706.02515).</summary>
    Selu,

    /// <summary>x, but x / 100 below 0.</summary>
    LeakyRelu,

    /// <summary>x, but x times a learnt weight below 0 (https://arxiv.org/abs/1502.01852); 0.25 where nothing was learnt.</summary>
    PRelu,

    /// <summary>x, but below 0 x times 11/48, the mean of the slopes drawn in training.</summary>
    RRelu,

    /// <summary>x held between 0 and 6.</summary>
    Relu6,

    /// <summary>x held between -1 and 1.</summary>
    Hardtanh,

    /// <summary>x / 6 + 1/2 held between 0 and 1.</summary>
    Hardsigmoid,

    /// <summary>x times its <see cref="Hardsigmoid"/>.</summary>
    Hardswish,

    /// <summary>x, but 0 between -1/2 and 1/2.</summary>
    Hardshrink,

    /// <summary>x moved by 1/2 towards 0, and 0 between -1/2 and 1/2.</summary>
    Softshrink,

    /// <summary>x minus its hyperbolic tangent.</summary>
    Tanhshrink,

    /// <summary>log(1 + e^x), a smooth <see cref="Relu"/>.</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>x times the hyperbolic tangent of its <see cref="Softplus"/> (https://arxiv.org/abs/1908.08681).</summary>
    Mish,

    /// <summary>The logarithm of the sigmoid.</summary>
    LogSigmoid,

    /// <summary>e^x divided by its sum over the text's numbers.</summary>
    Softmax,

    /// <summary>The softmax of -x.</summary>
    Softmin,

    /// <summary>The logarithm of the softmax.</summary>
    LogSoftmax,
}
