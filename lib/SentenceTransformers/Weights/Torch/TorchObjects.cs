namespace SentenceTransformers;

/// <summary>The few classes and functions that the pickle of a state dict names, and what each of them means.</summary>
internal sealed class TorchObjects
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";

    // Each class of storage, and its numbers as safetensors spells them.
    private static readonly Dictionary<string, string> StorageTypes = new()
    {
        ["torch.FloatStorage"] = "F32",
        ["torch.HalfStorage"] = "F16",
        ["torch.BFloat16Storage"] = "BF16",
        ["torch.DoubleStorage"] = "F64",
        ["torch.LongStorage"] = "I64",
        ["torch.IntStorage"] = "I32",
        ["torch.ShortStorage"] = "I16",
        ["torch.CharStorage"] = "I8",
        ["torch.ByteStorage"] = "U8",
        ["torch.BoolStorage"] = "BOOL",
    };

    private static readonly HashSet<string> DTypes =
    [
        "torch.float32",
        "torch.float16",
        "torch.bfloat16",
        "torch.float64",
        "torch.int64",
        "torch.int32",
        "torch.int16",
        "torch.int8",
        "torch.uint8",
        "torch.bool",
    ];

    private readonly Dictionary<string, TorchStorage> storages = [];

    /// <summary>Every storage that a tensor was found to lie in, by its key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => storages;

    /// <summary>What a name stands for, or null where it is none of the few.</summary>
    public static TorchName? Find(string module, string name)
    {
        var full = $"{module}.{name}";
        return
            full is OrderedDict or RebuildTensor or RebuildParameter
            || StorageTypes.ContainsKey(full)
            || DTypes.Contains(full)
            ? new TorchName(full)
            : null;
    }

    /// <summary>What one of the functions returns: an empty dictionary, or a tensor.</summary>
    /// <exception cref="FormatException">It is no function, or its arguments are others than torch writes.</exception>
    public static object Call(object? callable, object? arguments) =>
        ((callable as TorchName)?.Name, arguments as object?[]) switch
        {
            (OrderedDict, []) => new Dictionary<string, object?>(),
            (
                RebuildTensor,
                [
                    TorchStorage storage,
                    long offset,
                    object?[] shape,
                    object?[] strides,
                    bool,
                    Dictionary<string, object?> { Count: 0 },
                    // whether the numbers are to be negated or conjugated: never, in a state dict
                    .. []
                    or [null]
                    or [Dictionary<string, object?> { Count: 0 }],
                ]
            ) => new TorchTensor(storage, offset, Numbers(shape), Numbers(strides)),
            (
                RebuildParameter,
                [TorchTensor tensor, bool, Dictionary<string, object?> { Count: 0 }]
            ) => tensor,
            (OrderedDict or RebuildTensor or RebuildParameter, _) => throw new FormatException(
                $"{callable}: other arguments than torch.save writes"
            ),
            _ => throw new FormatException(
                $"expected a function, found {callable ?? "None"}: refused"
            ),
        };

    /// <summary>The storage that a persistent id stands for: ('storage', class, key, device, count).</summary>
    /// <exception cref="FormatException">It is another id, or contradicts one before it.</exception>
    public TorchStorage Storage(object? id)
    {
        // The sixth value, of the legacy form, made a storage part of another before torch 0.4.
        if (
            id as object?[]
            is not [
                "storage",
                TorchName { Name: var type },
                string key,
                string,
                long
                and >= 0
                and var count,
                .. []
                or [null],
            ]
        )
            throw new FormatException("a persistent id that is not a storage's: refused");
        if (!StorageTypes.TryGetValue(type, out var dtype))
            throw new FormatException($"{type} is no class of storage");
        var storage = new TorchStorage(key, dtype, count);
        return storages.TryAdd(key, storage) || storages[key] == storage
            ? storage
            : throw new FormatException($"storage {key} is {storages[key]}, then {storage}");
    }

    private static long[] Numbers(object?[] tuple) =>
        [
            .. tuple.Select(item =>
                item as long? ?? throw new FormatException("expected a tuple of whole numbers")
            ),
        ];
}
