using System.Runtime.InteropServices;

namespace SentenceTransformers.Tests;

/// <summary>A tensor of a checkpoint that a test writes: a view of a storage.</summary>
internal sealed record TorchView(
    string Name,
    string Key,
    string Class,
    byte[] Storage,
    long Count,
    long Start,
    long[] Shape,
    long[] Strides
)
{
    /// <summary>A whole storage of floats, row after row.</summary>
    public static TorchView Floats(string name, string key, long[] shape, params float[] values) =>
        new(
            name,
            key,
            "FloatStorage",
            MemoryMarshal.AsBytes<float>(values).ToArray(),
            values.Length,
            0,
            shape,
            RowAfterRow(shape)
        );

    /// <summary>The strides of numbers that lie row after row.</summary>
    public static long[] RowAfterRow(long[] shape) =>
        [.. shape.Select((_, axis) => shape[(axis + 1)..].Aggregate(1L, (a, b) => a * b))];
}
