using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>A model's weights in the safetensors format, in one file or in several (shards).</summary>
/// <remarks>
/// The files are mapped, not loaded: opening reads the headers alone, and checks them as strictly as the reference does
/// (https://github.com/huggingface/safetensors). Reading is safe from several threads; disposing while reading is not.
/// </remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private const string FileName = "model.safetensors";
    private const string IndexName = "model.safetensors.index.json";
    private const string PickleName = "pytorch_model.bin";

    private readonly Dictionary<string, SafetensorsShard> shards; // by SafetensorsTensor.File

    private SafetensorsFile(
        string path,
        Dictionary<string, SafetensorsShard> shards,
        IReadOnlyDictionary<string, SafetensorsTensor> tensors
    )
    {
        Path = path;
        this.shards = shards;
        Tensors = tensors;
    }

    /// <summary>The file that was opened: model.safetensors, or the index of a sharded model.</summary>
    public string Path { get; }

    /// <summary>Every tensor by its name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; }

    /// <summary>Opens the weights of a model folder: model.safetensors, else the shards of model.safetensors.index.json.</summary>
    /// <exception cref="FileNotFoundException">The folder holds neither.</exception>
    /// <exception cref="ModelFormatException">A file breaks the format, or the weights are there as pytorch_model.bin alone.</exception>
    public static SafetensorsFile OpenFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var single = System.IO.Path.Combine(folder, FileName);
        var index = System.IO.Path.Combine(folder, IndexName);
        var pickle = System.IO.Path.Combine(folder, PickleName);
        return File.Exists(single) || !File.Exists(index) && !File.Exists(pickle) ? Open(single)
            : File.Exists(index) ? Open(index)
            : throw new ModelFormatException(
                pickle,
                $"only {FileName} is read so far; convert these weights to safetensors"
            );
    }

    /// <summary>Opens a .safetensors file, or the .index.json of a sharded model.</summary>
    /// <exception cref="FileNotFoundException">The file, or a shard, is missing.</exception>
    /// <exception cref="ModelFormatException">A file breaks the format; the message names the file and the tensor.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.EndsWith(".json", StringComparison.Ordinal))
            return OpenIndex(path);
        var shard = new SafetensorsShard(path);
        return new SafetensorsFile(path, new() { [path] = shard }, shard.Tensors);
    }

    /// <summary>Copies a tensor's numbers, row after row, widening F16 and BF16 and rounding F64.</summary>
    /// <exception cref="ModelFormatException">The tensor is missing, of another type, too large for an array, or holds NaN or an infinity.</exception>
    public float[] ReadFloats(string name)
    {
        var tensor = Find(name);
        if (tensor.ElementCount > Array.MaxLength)
            throw tensor.Invalid($"{tensor.ElementCount:N0} numbers are too many for one array");
        if (tensor.DType is not ("F32" or "F16" or "BF16" or "F64"))
            throw tensor.Invalid($"expected F32, F16, BF16 or F64, found {tensor.DType}");

        var numbers = new float[tensor.ElementCount];
        switch (tensor.DType)
        {
            case "F32":
                Span<float>(tensor).CopyTo(numbers);
                break;
            case "F16":
                TensorPrimitives.ConvertToSingle(Span<Half>(tensor), numbers);
                break;
            case "BF16": // the upper half of an F32's bits
                var bits = MemoryMarshal.Cast<float, uint>(numbers.AsSpan());
                TensorPrimitives.ConvertTruncating(Span<ushort>(tensor), bits);
                TensorPrimitives.ShiftLeft(bits, 16, bits);
                break;
            case "F64":
                TensorPrimitives.ConvertTruncating(Span<double>(tensor), numbers);
                break;
        }
        RequireFinite(tensor, numbers);
        return numbers;
    }

    /// <summary>Copies a tensor's numbers, having checked its shape.</summary>
    /// <exception cref="ModelFormatException">As <see cref="ReadFloats(string)"/>, or the shape is another.</exception>
    public float[] ReadFloats(string name, params ReadOnlySpan<long> shape)
    {
        EnsureShape(name, shape);
        return ReadFloats(name);
    }

    /// <summary>Checks a tensor's shape.</summary>
    /// <exception cref="ModelFormatException">The tensor is missing, or has another shape.</exception>
    public void EnsureShape(string name, params ReadOnlySpan<long> shape)
    {
        var tensor = Find(name);
        if (!shape.SequenceEqual(tensor.Shape.ToArray()))
            throw tensor.Invalid(
                $"expected shape [{string.Join(", ", shape.ToArray())}], found [{string.Join(", ", tensor.Shape)}]"
            );
    }

    /// <summary>Checks a tensor's numbers where they lie, as <see cref="ReadFloats(string)"/> checks those it copies.</summary>
    /// <exception cref="ModelFormatException">The tensor is missing, of another type, or holds NaN or an infinity; the message names the element.</exception>
    public void EnsureFinite(string name)
    {
        var tensor = Find(name);
        if (tensor.DType != "F32")
        {
            ReadFloats(name); // widened to be looked at, then forgotten
            return;
        }
        const int BlockLength = 1 << 20; // a tensor may be longer than a span
        for (var begin = 0L; begin < tensor.ElementCount; begin += BlockLength)
            RequireFinite(
                tensor,
                new(
                    (float*)Address(tensor) + begin,
                    (int)Math.Min(BlockLength, tensor.ElementCount - begin)
                ),
                begin
            );
    }

    /// <summary>Closes the files; addresses given out are no longer valid.</summary>
    public void Dispose()
    {
        foreach (var shard in shards.Values)
            shard.Dispose();
    }

    private static SafetensorsFile OpenIndex(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var shards = new Dictionary<string, SafetensorsShard>();
        var tensors = new Dictionary<string, SafetensorsTensor>();
        var file = new SafetensorsFile(path, shards, tensors);
        try
        {
            var map = JsonFile.ReadObject(path).RequiredObject("weight_map");
            foreach (var (name, shardName) in map.TextMembers())
            {
                if (!IsPlainFileName(shardName))
                    throw map.Invalid(
                        name,
                        $"\"{shardName}\" is not the name of a file beside this one"
                    );
                var shardPath = System.IO.Path.Combine(folder, shardName);
                if (!shards.TryGetValue(shardPath, out var shard))
                    shards.Add(shardPath, shard = new SafetensorsShard(shardPath));
                if (!shard.Tensors.TryGetValue(name, out var tensor))
                    throw map.Invalid(name, $"{shardName} holds no such tensor");
                if (!tensors.TryAdd(name, tensor))
                    throw map.Invalid(name, "named twice");
            }
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // The same answer on every system: what is a separator on one of them is refused on all.
    private static bool IsPlainFileName(string name) =>
        name.Length > 0
        && name is not ("." or "..")
        && !name.Any(c => c is '/' or '\\' or ':' || char.IsControl(c));

    private SafetensorsTensor Find(string name) =>
        Tensors.TryGetValue(name, out var tensor)
            ? tensor
            : throw new ModelFormatException(Path, $"{name}: no such tensor");

    private byte* Address(SafetensorsTensor tensor) => shards[tensor.File].Address(tensor);

    private ReadOnlySpan<T> Span<T>(SafetensorsTensor tensor)
        where T : unmanaged => new(Address(tensor), (int)tensor.ElementCount);

    private static void RequireFinite(
        SafetensorsTensor tensor,
        ReadOnlySpan<float> numbers,
        long firstElement = 0
    )
    {
        if (NonFinite.IndexIn(numbers, out var found) is >= 0 and var i)
            throw tensor.Invalid($"holds {found} at element {firstElement + i}");
    }
}
