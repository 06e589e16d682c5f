namespace SentenceTransformers;

/// <summary>What a file of weights says of one tensor: its name, type and shape, and where its numbers lie.</summary>
public sealed class WeightTensor
{
    /// <summary>The name, such as "encoder.layer.0.attention.self.query.weight".</summary>
    public required string Name { get; init; }

    /// <summary>The type of its numbers as safetensors spells it: "F32", "F16", "BF16", "I64", ...</summary>
    public required string DType { get; init; }

    /// <summary>The length of each axis; empty for a single number.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>The file that holds it: of a sharded model, its shard.</summary>
    public required string File { get; init; }

    /// <summary>Where its first number lies, counted in bytes from the start of <see cref="File"/>.</summary>
    public required long Offset { get; init; }

    /// <summary>How many bytes its numbers take, row after row.</summary>
    public required long ByteLength { get; init; }

    /// <summary>How many numbers it holds: the product of <see cref="Shape"/>.</summary>
    public required long ElementCount { get; init; }

    /// <summary>How many numbers lie from one index to the next, for each axis; null where they lie row after row, as they mostly do.</summary>
    internal IReadOnlyList<long>? Strides { get; init; }

    /// <summary>Such as "embeddings.word_embeddings.weight F32 [897, 32]".</summary>
    public override string ToString() => $"{Name} {DType} [{string.Join(", ", Shape)}]";

    /// <summary>The axes from the one whose indices lie farthest apart to the nearest; null where its numbers do not lie side by side.</summary>
    /// <remarks>A transposed matrix, whose columns lie in the file one after the other, gives [1, 0].</remarks>
    internal int[]? AxesAsStored()
    {
        var axes = Enumerable.Range(0, Shape.Count).ToArray();
        if (Strides is null)
            return axes;
        axes = [.. axes.OrderByDescending(axis => Strides[axis])];
        var expected = 1L;
        foreach (var axis in axes.Reverse().Where(axis => Shape[axis] != 1))
        {
            if (Strides[axis] != expected)
                return null;
            expected *= Shape[axis];
        }
        return axes;
    }

    internal ModelFormatException Invalid(string problem) => new(File, $"{Name}: {problem}");

    /// <summary>Bytes a number, or null for a type that is newer than this reader (or packs numbers below a byte).</summary>
    internal static int? SizeOf(string type) =>
        type switch
        {
            "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
            "U16" or "I16" or "F16" or "BF16" => 2,
            "U32" or "I32" or "F32" => 4,
            "U64" or "I64" or "F64" or "C64" => 8,
            _ => null,
        };
}
