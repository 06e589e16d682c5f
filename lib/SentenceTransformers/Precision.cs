namespace SentenceTransformers;

/// <summary>In which numbers a transformer computes.</summary>
#pragma warning disable CA1720 // the types are what is chosen
public enum Precision
{
    /// <summary>As the weights are, in 32-bit floats: the reference's numbers.</summary>
    Float32,

    /// <summary>
    /// The layers' matrices in 8-bit whole numbers, made of the weights at load: two to three times as fast, and a little
    /// wrong; measure how much with <see cref="PrecisionLoss"/>. Texts of one batch share a scale, so a batch changes a vector slightly.
    /// </summary>
    Int8,
}
