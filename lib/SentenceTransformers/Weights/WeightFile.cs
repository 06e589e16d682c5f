using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>A model's weights by name, in one file or in several (shards): safetensors, or a checkpoint of torch.</summary>
/// <remarks>
/// The files are mapped, not loaded: opening reads what they say of their tensors, and checks it as strictly as the references
/// do (https://github.com/huggingface/safetensors; torch.load with weights_only). Reading is safe from several threads;
/// disposing while reading is not.
/// </remarks>
public sealed unsafe class WeightFile : IDisposable
{
    // In the order in which transformers looks for them.
    private static readonly string[] FileNames =
    [
        "model.safetensors",
        "model.safetensors.index.json",
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
    ];

    private readonly Dictionary<string, WeightShard> shards; // by WeightTensor.File

    private WeightFile(
        string path,
        Dictionary<string, WeightShard> shards,
        IReadOnlyDictionary<string, WeightTensor> tensors
    )
    {
        Path = path;
        this.shards = shards;
        Tensors = tensors;
    }

    /// <summary>The file that was opened, such as model.safetensors; of a sharded model, its index.</summary>
    public string Path { get; }

    /// <summary>Every tensor by its name.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Tensors { get; }

    /// <summary>Opens the weights of a model folder: model.safetensors or its shards, else pytorch_model.bin or its shards.</summary>
    /// <exception cref="FileNotFoundException">The folder holds none of them.</exception>
    /// <exception cref="ModelFormatException">A file breaks its format; the message names the file and the tensor.</exception>
    public static WeightFile OpenFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = FileNames
            .Select(name => System.IO.Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        return path is not null
            ? Open(path)
            : throw new FileNotFoundException(
                $"{folder}: holds no weights, expected {string.Join(" or ", FileNames)}",
                System.IO.Path.Combine(folder, FileNames[0])
            );
    }

    /// <summary>Opens a .safetensors file, a checkpoint of torch (of any other name), or the .index.json of a sharded model.</summary>
    /// <exception cref="FileNotFoundException">The file, or a shard, is missing.</exception>
    /// <exception cref="ModelFormatException">A file breaks its format; the message names the file and the tensor.</exception>
    public static WeightFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.EndsWith(".json", StringComparison.Ordinal))
            return OpenIndex(path);
        var shard = new WeightShard(path);
        return new WeightFile(path, new() { [path] = shard }, shard.Tensors);
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
                Numbers<float>(tensor).CopyTo(numbers);
                break;
            case "F16":
                TensorPrimitives.ConvertToSingle(Numbers<Half>(tensor), numbers);
                break;
            case "BF16": // the upper half of an F32's bits
                var bits = MemoryMarshal.Cast<float, uint>(numbers.AsSpan());
                TensorPrimitives.ConvertTruncating(Numbers<ushort>(tensor), bits);
                TensorPrimitives.ShiftLeft(bits, 16, bits);
                break;
            case "F64":
                TensorPrimitives.ConvertTruncating(Numbers<double>(tensor), numbers);
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
        if (tensor.DType != "F32" || tensor.Strides is not null)
        {
            ReadFloats(name); // brought into rows of floats to be looked at, then forgotten
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

    private static WeightFile OpenIndex(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var shards = new Dictionary<string, WeightShard>();
        var tensors = new Dictionary<string, WeightTensor>();
        var file = new WeightFile(path, shards, tensors);
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
                    shards.Add(shardPath, shard = new WeightShard(shardPath));
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

    private WeightTensor Find(string name) =>
        Tensors.TryGetValue(name, out var tensor)
            ? tensor
            : throw new ModelFormatException(Path, $"{name}: no such tensor");

    private byte* Address(WeightTensor tensor) => shards[tensor.File].Address(tensor);

    private ReadOnlySpan<T> Numbers<T>(WeightTensor tensor)
        where T : unmanaged =>
        tensor.Strides is { } strides
            ? Gather((T*)Address(tensor), tensor, strides)
            : new ReadOnlySpan<T>(Address(tensor), (int)tensor.ElementCount);

    // Walks the tensor's indices row after row, as an odometer counts.
    private static T[] Gather<T>(T* start, WeightTensor tensor, IReadOnlyList<long> strides)
        where T : unmanaged
    {
        var numbers = new T[tensor.ElementCount];
        var index = new long[strides.Count];
        var place = 0L;
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = start[place];
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < tensor.Shape[axis])
                    break;
                place -= strides[axis] * tensor.Shape[axis];
                index[axis] = 0;
            }
        }
        return numbers;
    }

    private static void RequireFinite(
        WeightTensor tensor,
        ReadOnlySpan<float> numbers,
        long firstElement = 0
    )
    {
        if (NonFinite.IndexIn(numbers, out var found) is >= 0 and var i)
            throw tensor.Invalid($"holds {found} at element {firstElement + i}");
    }
}
