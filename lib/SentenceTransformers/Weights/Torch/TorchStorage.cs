namespace SentenceTransformers;

/// <summary>A run of numbers in a checkpoint, which one tensor or several look into.</summary>
/// <param name="Key">Its name in the checkpoint.</param>
/// <param name="DType">The type of its numbers, such as "F32".</param>
/// <param name="Count">How many numbers.</param>
internal sealed record TorchStorage(string Key, string DType, long Count)
{
    /// <summary>Bytes a number.</summary>
    public int ItemSize { get; } = WeightTensor.SizeOf(DType)!.Value;

    /// <inheritdoc/>
    public override string ToString() => $"{DType} [{Count}]";
}
