namespace SentenceTransformers;

/// <summary>The JSON header of a safetensors file, held to the format's rules.</summary>
/// <remarks>
/// As strict as the reference implementation (the Rust crate safetensors): the tensors cover the data from its first byte to
/// its last, without overlaps and without holes, so that no two names share bytes and no bytes hide.
/// </remarks>
internal static class SafetensorsHeader
{
    // The longest header that the reference implementation reads.
    private const int MaximumBytes = 100_000_000;

    private const string Metadata = "__metadata__";

    /// <summary>Reads a file's header: 8 bytes that say its length, then JSON; the data follow.</summary>
    /// <exception cref="ModelFormatException">The header is not JSON, breaks a rule of the format, or does not fit the data.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(BinaryFile file)
    {
        if (file.Length < sizeof(ulong))
            throw file.Invalid($"{file.Length} bytes are too few for a safetensors file");
        var length = file.Number<ulong>();
        if (length > MaximumBytes)
            throw file.Invalid(
                $"a header of {length:N0} bytes, expected at most {MaximumBytes:N0}: not a safetensors file"
            );
        if (length > (ulong)(file.Length - file.Position))
            throw file.Invalid(
                $"a header of {length:N0} bytes in a file of {file.Length:N0}: it is cut short"
            );
        var json = file.Bytes((int)length);
        return Parse(file.Path, json, file.Position, file.Length - file.Position);
    }

    private static Dictionary<string, WeightTensor> Parse(
        string path,
        ReadOnlyMemory<byte> json,
        long dataStart,
        long dataLength
    )
    {
        if (json.Span is not [(byte)'{', ..])
            throw new ModelFormatException(path, "the header does not begin with {");
        var tensors = new Dictionary<string, WeightTensor>();
        foreach (var (name, entry) in JsonFile.ParseObject(path, json).ObjectMembers())
            if (name == Metadata)
                _ = entry.TextMembers().Count(); // every member is looked at, and refused unless it is a string
            else if (!tensors.TryAdd(name, Tensor(name, entry, dataStart, dataLength)))
                throw new ModelFormatException(path, $"{name}: named twice");
        RequireContiguous(path, tensors.Values, dataStart, dataLength);
        return tensors;
    }

    private static WeightTensor Tensor(string name, JsonFile entry, long dataStart, long dataLength)
    {
        var type = entry.RequiredText("dtype");
        var shape = entry.RequiredIntegers("shape");
        var elements = 1L;
        foreach (var length in shape)
            elements =
                length < 0 ? throw entry.Invalid("shape", $"{length} is negative")
                : length > 0 && elements > long.MaxValue / 8 / length
                    ? throw entry.Invalid("shape", $"[{string.Join(", ", shape)}] is too large")
                : elements * length;

        var offsets = entry.RequiredIntegers("data_offsets");
        if (offsets is not [var begin, var end])
            throw entry.Invalid("data_offsets", $"expected 2 numbers, found {offsets.Length}");
        if (begin < 0 || end < begin)
            throw entry.Invalid("data_offsets", $"[{begin}, {end}] is not a range of bytes");
        if (end > dataLength)
            throw entry.Invalid(
                "data_offsets",
                $"ends at byte {end} of the data, but the file holds {dataLength}: it is cut short"
            );
        if (WeightTensor.SizeOf(type) is { } size && elements * size != end - begin)
            throw entry.Invalid(
                "data_offsets",
                $"holds {end - begin} bytes, but {type} [{string.Join(", ", shape)}] takes {elements * size}"
            );

        return new WeightTensor
        {
            Name = name,
            DType = type,
            Shape = shape,
            File = entry.Path,
            Offset = dataStart + begin,
            ByteLength = end - begin,
            ElementCount = elements,
        };
    }

    private static void RequireContiguous(
        string path,
        IEnumerable<WeightTensor> tensors,
        long dataStart,
        long dataLength
    )
    {
        var next = dataStart;
        foreach (var tensor in tensors.OrderBy(t => t.Offset).ThenBy(t => t.ByteLength))
        {
            if (tensor.Offset < next)
                throw tensor.Invalid("data_offsets: overlaps another tensor");
            if (tensor.Offset > next)
                throw tensor.Invalid(
                    $"data_offsets: {tensor.Offset - next} bytes before it belong to no tensor"
                );
            next = tensor.Offset + tensor.ByteLength;
        }
        if (next != dataStart + dataLength)
            throw new ModelFormatException(
                path,
                $"the last {dataStart + dataLength - next} bytes belong to no tensor"
            );
    }
}
