namespace SentenceTransformers;

/// <summary>What torch.save writes: a pickled state dict, and the raw numbers of its storages.</summary>
/// <remarks>
/// Two forms: a zip archive with one entry for each storage, and before torch 1.6 one pickle after the other, then the
/// storages. Follows torch/serialization.py (<c>_load</c> and <c>_legacy_load</c>) with weights_only.
/// </remarks>
internal static class TorchCheckpoint
{
    private const long LegacyProtocol = 1001;

    // Tensors may share a storage, as tied embeddings do; a file of which a thousand tensors are made is a trap.
    private const int MaximumSharing = 8;
    private const int AlwaysAllowed = 16 << 20;

    // The pickle of torch's magic number, 0x1950a86a20f9469cfc6c.
    private static ReadOnlySpan<byte> LegacyMagic =>
        [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Reads where each tensor of a state dict lies.</summary>
    /// <exception cref="ModelFormatException">The file breaks the format, or holds anything but tensors; the message names the place or the tensor.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(BinaryFile file)
    {
        var start = file.Bytes((int)Math.Min(file.Length, LegacyMagic.Length));
        return start.AsSpan().StartsWith("PK\x03\x04"u8) ? ReadArchive(file)
            : start.AsSpan().SequenceEqual(LegacyMagic) ? ReadLegacy(file)
            : throw file.Invalid(
                "not a checkpoint of torch: neither a zip archive nor a pickle with torch's magic number"
            );
    }

    private static Dictionary<string, WeightTensor> ReadArchive(BinaryFile file)
    {
        const string Pickle = "/data.pkl";
        var entries = ZipDirectory.Read(file);
        var pickles = entries
            .Keys.Where(name =>
                name.EndsWith(Pickle, StringComparison.Ordinal)
                && name.IndexOf('/') == name.Length - Pickle.Length
            )
            .ToArray();
        if (pickles is not [var pickle])
            throw file.Invalid($"expected one entry FOLDER{Pickle}, found {pickles.Length}");
        var folder = pickle[..^Pickle.Length];
        RequireLittleEndian(file, entries.GetValueOrDefault($"{folder}/byteorder"));

        var objects = new TorchObjects();
        file.Position = entries[pickle].Begin;
        var root = new PickleReader(file, pickle, entries[pickle].End, objects).Read();
        var begins = new Dictionary<string, long>();
        foreach (var storage in objects.Storages.Values)
        {
            var path = $"{folder}/data/{storage.Key}";
            if (!entries.TryGetValue(path, out var entry))
                throw file.Invalid($"{path}: no such entry");
            if (entry.Length != (Int128)storage.Count * storage.ItemSize)
                throw file.Invalid(
                    $"{path}: holds {entry.Length} bytes, expected {storage} as {pickle} says"
                );
            begins.Add(storage.Key, entry.Begin);
        }
        return Tensors(file, root, begins);
    }

    private static void RequireLittleEndian(BinaryFile file, ZipEntry? entry)
    {
        if (entry is null) // older than torch 2.1
            return;
        file.Position = entry.Begin;
        if (
            entry.Length != "little".Length
            || !file.Bytes((int)entry.Length).SequenceEqual("little"u8)
        )
            throw file.Invalid($"{entry.Name}: expected little");
    }

    private static Dictionary<string, WeightTensor> ReadLegacy(BinaryFile file)
    {
        var objects = new TorchObjects();
        object? Unpickle(string part) => new PickleReader(file, part, file.Length, objects).Read();

        if (Unpickle("protocol") is not LegacyProtocol)
            throw file.Invalid($"protocol: expected {LegacyProtocol}");
        Unpickle("system information"); // the writer's byte order too, which the storages' is not: theirs is always little
        var root = Unpickle("state dict");
        if (Unpickle("storage keys") is not List<object?> keys)
            throw file.Invalid("storage keys: expected a list");

        var begins = new Dictionary<string, long>();
        foreach (var item in keys)
        {
            if (item is not string key || !objects.Storages.TryGetValue(key, out var storage))
                throw file.Invalid($"storage keys: {item ?? "None"} belongs to no tensor");
            var count = file.Number<long>();
            if (count != storage.Count)
                throw file.Invalid($"storage {key}: holds {count} numbers, expected {storage}");
            if (!begins.TryAdd(key, file.Position))
                throw file.Invalid($"storage {key}: listed twice");
            if (count > (file.Length - file.Position) / storage.ItemSize)
                throw file.Invalid(
                    $"storage {key}: {storage} does not fit into the file's {file.Length:N0} bytes: it is cut short"
                );
            file.Position += count * storage.ItemSize;
        }
        if (objects.Storages.Keys.FirstOrDefault(key => !begins.ContainsKey(key)) is { } missing)
            throw file.Invalid($"storage {missing}: missing");
        return Tensors(file, root, begins);
    }

    private static Dictionary<string, WeightTensor> Tensors(
        BinaryFile file,
        object? root,
        Dictionary<string, long> begins // where each storage's first byte lies, by its key
    )
    {
        if (root is not Dictionary<string, object?> state)
            throw file.Invalid("expected a state dict: tensors by their names");
        var tensors = new Dictionary<string, WeightTensor>();
        var left = (Int128)file.Length * MaximumSharing + AlwaysAllowed;
        foreach (var (name, value) in state)
        {
            if (value is not TorchTensor tensor)
                continue; // as transformers, which asks for tensors by their names
            var weight = tensor.At(name, file.Path, begins[tensor.Storage.Key]);
            if ((left -= weight.ByteLength) < 0)
                throw weight.Invalid(
                    $"the tensors share the file's {file.Length:N0} bytes more than {MaximumSharing} times over"
                );
            tensors.Add(name, weight);
        }
        if (tensors.Count > 0)
            return tensors;
        throw file.Invalid(
            state.FirstOrDefault(item => item.Value is Dictionary<string, object?>).Key is { } inner
                ? $"holds a dictionary \"{inner}\" and no tensors; expected a plain state dict: save that dictionary alone"
                : "holds no tensors"
        );
    }
}
