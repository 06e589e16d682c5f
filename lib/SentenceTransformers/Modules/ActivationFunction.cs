namespace SentenceTransformers;

/// <summary>What a dense layer does to each number of its output.</summary>
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
}
