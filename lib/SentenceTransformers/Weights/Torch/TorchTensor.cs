namespace SentenceTransformers;

/// <summary>A view of a storage: where it begins, how long each axis is, and how far apart its numbers lie.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Start">The first number's place in it.</param>
/// <param name="Shape">The length of each axis.</param>
/// <param name="Strides">How many numbers from one index to the next, for each axis.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Start, long[] Shape, long[] Strides)
{
    private const int MaximumAxes = 64;

    /// <summary>Says where the tensor's numbers lie in a file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="storageBegin">Where the storage's first byte lies in it.</param>
    /// <exception cref="ModelFormatException">The tensor reaches beyond its storage.</exception>
    public WeightTensor At(string name, string file, long storageBegin)
    {
        var (count, last) = Extent(name, file);
        if (Start < 0 || last >= Storage.Count || Start > Storage.Count)
            throw new ModelFormatException(
                file,
                $"{name}: shape {Print(Shape)} with strides {Print(Strides)} from number {Start} on reaches beyond its storage {Storage.Key}, {Storage}"
            );
        return new WeightTensor
        {
            Name = name,
            DType = Storage.DType,
            Shape = Shape,
            File = file,
            Offset = storageBegin + Start * Storage.ItemSize,
            ByteLength = count * Storage.ItemSize,
            ElementCount = count,
            Strides = count == 0 || IsRowAfterRow() ? null : [.. Strides.Select(MeaningfulStride)],
        };
    }

    // How many numbers the tensor has, and the place of its last one in the storage.
    private (long Count, Int128 Last) Extent(string name, string file)
    {
        if (Shape.Length != Strides.Length || Shape.Length > MaximumAxes)
            throw new ModelFormatException(
                file,
                $"{name}: {Shape.Length} lengths and {Strides.Length} strides, expected one each for at most {MaximumAxes} axes"
            );
        var count = Int128.One;
        var last = (Int128)Start;
        for (var axis = 0; axis < Shape.Length; axis++)
        {
            if (Shape[axis] < 0 || Strides[axis] < 0)
                throw new ModelFormatException(
                    file,
                    $"{name}: shape {Print(Shape)} with strides {Print(Strides)} is negative"
                );
            count *= Shape[axis];
            if (count > long.MaxValue / sizeof(double))
                throw new ModelFormatException(file, $"{name}: shape {Print(Shape)} is too large");
            last += (Int128)(Shape[axis] - 1) * Strides[axis];
            last = Int128.Min(last, long.MaxValue); // the sum of 64 such products would overflow
        }
        return ((long)count, count == 0 ? -1 : last);
    }

    private bool IsRowAfterRow()
    {
        var expected = 1L;
        for (var axis = Shape.Length - 1; axis >= 0; axis--)
        {
            if (Shape[axis] != 1 && Strides[axis] != expected)
                return false;
            expected *= Shape[axis];
        }
        return true;
    }

    // Nobody steps along an axis of length 1.
    private long MeaningfulStride(long stride, int axis) => Shape[axis] == 1 ? 0 : stride;

    private static string Print(long[] numbers) => $"[{string.Join(", ", numbers)}]";
}
