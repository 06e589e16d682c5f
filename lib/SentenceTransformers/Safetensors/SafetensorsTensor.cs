namespace SentenceTransformers;

/// <summary>What a safetensors header says of one tensor: its name, type and shape, and where its bytes lie.</summary>
public sealed class SafetensorsTensor
{
    /// <summary>The name, such as "encoder.layer.0.attention.self.query.weight".</summary>
    public required string Name { get; init; }

    /// <summary>The type of its numbers as the format spells it: "F32", "F16", "BF16", "I64", ...</summary>
    public required string DType { get; init; }

    /// <summary>The length of each axis; empty for a single number.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>The file that holds it: of a sharded model, its shard.</summary>
    public required string File { get; init; }

    /// <summary>Where its first byte lies, counted from the start of <see cref="File"/>.</summary>
    public required long Offset { get; init; }

    /// <summary>How many bytes it takes.</summary>
    public required long ByteLength { get; init; }

    /// <summary>How many numbers it holds: the product of <see cref="Shape"/>.</summary>
    public required long ElementCount { get; init; }

    /// <summary>Such as "embeddings.word_embeddings.weight F32 [897, 32]".</summary>
    public override string ToString() => $"{Name} {DType} [{string.Join(", ", Shape)}]";

    internal ModelFormatException Invalid(string problem) => new(File, $"{Name}: {problem}");
}
