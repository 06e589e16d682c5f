namespace SentenceTransformers;

/// <summary>The JSON header of a safetensors file, held to the format's rules.</summary>
/// <remarks>
/// As strict as the reference implementation (the Rust crate safetensors): the tensors cover the data from its first byte to
/// its last, without overlaps and without holes, so that no two names share bytes and no bytes hide.
/// </remarks>
internal static class SafetensorsHeader
{
    /// <summary>The longest header that the reference implementation reads.</summary>
    public const int MaximumBytes = 100_000_000;

    private const string Metadata = "__metadata__";

    /// <summary>Reads a header.</summary>
    /// <param name="path">The file, for error messages.</param>
    /// <param name="json">The header's bytes.</param>
    /// <param name="dataStart">Where the data begins in the file.</param>
    /// <param name="dataLength">How many bytes of data follow.</param>
    /// <exception cref="ModelFormatException">The header is not JSON, breaks a rule of the format, or does not fit the data.</exception>
    public static IReadOnlyDictionary<string, SafetensorsTensor> Parse(
        string path,
        ReadOnlyMemory<byte> json,
        long dataStart,
        long dataLength
    )
    {
        if (json.Span is not [(byte)'{', ..])
            throw new ModelFormatException(path, "the header does not begin with {");
        var tensors = new Dictionary<string, SafetensorsTensor>();
        foreach (var (name, entry) in JsonFile.ParseObject(path, json).ObjectMembers())
            if (name == Metadata)
                _ = entry.TextMembers().Count(); // every member is looked at, and refused unless it is a string
            else if (!tensors.TryAdd(name, Tensor(name, entry, dataStart, dataLength)))
                throw new ModelFormatException(path, $"{name}: named twice");
        RequireContiguous(path, tensors.Values, dataStart, dataLength);
        return tensors;
    }

    private static SafetensorsTensor Tensor(
        string name,
        JsonFile entry,
        long dataStart,
        long dataLength
    )
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
        if (SizeOf(type) is { } size && elements * size != end - begin)
            throw entry.Invalid(
                "data_offsets",
                $"holds {end - begin} bytes, but {type} [{string.Join(", ", shape)}] takes {elements * size}"
            );

        return new SafetensorsTensor
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
        IEnumerable<SafetensorsTensor> tensors,
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

    /// <summary>Bytes a number, or null for a type that is newer than this reader (or packs numbers below a byte).</summary>
    private static int? SizeOf(string type) =>
        type switch
        {
            "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
            "U16" or "I16" or "F16" or "BF16" => 2,
            "U32" or "I32" or "F32" => 4,
            "U64" or "I64" or "F64" or "C64" => 8,
            _ => null,
        };
}
