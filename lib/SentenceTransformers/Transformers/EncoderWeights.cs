using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>A folder's weights, declared in a graph by the names that its architecture uses.</summary>
/// <remarks>
/// Nothing is copied: the graph says where in its file each weight lies (ONNX's "external data"), and ONNX
/// Runtime maps it there. F16 and BF16 become float by a Cast that ONNX Runtime does once, when the session is made, and
/// what a checkpoint of torch holds transposed is turned by a Transpose likewise.
/// </remarks>
internal sealed class EncoderWeights : IDisposable
{
    private const long MaximumCopiedBytes = 256 << 20; // a model's own bytes must stay below protobuf's 2 GB

    private readonly WeightFile file;
    private readonly string prefix; // of the body: "", "bert.", "module.bert."
    private readonly string outerPrefix; // of what stands beside the body: "", "", "module."
    private readonly Dictionary<string, OnnxValue> taken = []; // a graph names each weight once, however often it is used
    private readonly Dictionary<string, string> targets; // what a file of the folder really is: a cache links to it

    private long copiedBytes;

    /// <summary>Opens the weights of a folder.</summary>
    /// <param name="folder">Holds model.safetensors, pytorch_model.bin, or the index of either's shards.</param>
    /// <param name="anchor">A name that the architecture's weights include: what stands before it stands before all.</param>
    public EncoderWeights(string folder, string anchor)
    {
        file = WeightFile.OpenFolder(folder);
        try
        {
            prefix = FindPrefix(anchor);
            outerPrefix = prefix[..(prefix.TrimEnd('.').LastIndexOf('.') + 1)];
            targets = file
                .Tensors.Values.Select(tensor => tensor.File)
                .Distinct()
                .ToDictionary(path => path, LinkTarget);
            Folder = CommonFolder([.. targets.Values]);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The weights' file, for error messages.</summary>
    public string Path => file.Path;

    /// <summary>The folder that the graph's file names are relative to.</summary>
    public string Folder { get; }

    /// <summary>Whether there is a weight of that name.</summary>
    public bool Contains(string name) => file.Tensors.ContainsKey(Resolve(name));

    /// <summary>Declares a weight in the graph, having checked it.</summary>
    /// <exception cref="ModelFormatException">It is missing, has another shape or type, or holds NaN or an infinity.</exception>
    public OnnxValue Take(OnnxGraph graph, string name, params long[] shape)
    {
        var full = Resolve(name);
        file.EnsureShape(full, shape);
        if (taken.TryGetValue(full, out var known))
            return known;
        file.EnsureFinite(full);
        var tensor = file.Tensors[full];
        return taken[full] = tensor.AxesAsStored() is { } axes
            ? Transpose(External(graph, tensor, axes), axes)
            : Copy(graph, tensor);
    }

    /// <summary>The largest magnitude of each row of a matrix; shape [rows].</summary>
    /// <exception cref="ModelFormatException">It is missing, has another shape or type, or holds NaN or an infinity.</exception>
    public float[] RowMagnitudes(string name, int rows, int columns)
    {
        var numbers = file.ReadFloats(Resolve(name), rows, columns);
        var largest = new float[rows];
        for (var row = 0; row < rows; row++)
            largest[row] = Math.Abs(
                TensorPrimitives.MaxMagnitude<float>(numbers.AsSpan(row * columns, columns))
            );
        return largest;
    }

    /// <summary>Reads a weight that is one number.</summary>
    /// <exception cref="ModelFormatException">It is missing, more than one number, NaN, or an infinity.</exception>
    public float Number(string name)
    {
        var full = Resolve(name);
        file.EnsureShape(full);
        file.EnsureFinite(full);
        return file.ReadFloats(full)[0];
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    // The weight as it lies in its file, its axes in the order in which they are stored.
    private OnnxValue External(OnnxGraph graph, WeightTensor tensor, int[] axes)
    {
        var location = System
            .IO.Path.GetRelativePath(Folder, targets[tensor.File])
            .Replace('\\', '/');
        long[] stored = [.. axes.Select(axis => tensor.Shape[axis])];
        var element = tensor.DType switch
        {
            "F16" => OnnxElement.Float16,
            "BF16" => OnnxElement.BFloat16,
            "F64" => OnnxElement.Double,
            _ => OnnxElement.Float,
        };
        var weight = graph.Weight(
            tensor.Name,
            element,
            stored,
            location,
            tensor.Offset,
            tensor.ByteLength
        );
        return element == OnnxElement.Float
            ? weight
            : graph.Node("Cast", [weight], ("to", (long)OnnxElement.Float));
    }

    // Output axis i is the stored axis perm[i].
    private static OnnxValue Transpose(OnnxValue stored, int[] axes)
    {
        var perm = new long[axes.Length];
        for (var i = 0; i < axes.Length; i++)
            perm[axes[i]] = i;
        return axes.SequenceEqual(axes.Order())
            ? stored
            : stored.Graph.Node("Transpose", [stored], ("perm", perm));
    }

    // A view with gaps or repetitions, which a checkpoint of torch may hold: its numbers become part of the model.
    private OnnxValue Copy(OnnxGraph graph, WeightTensor tensor)
    {
        copiedBytes += tensor.ElementCount * sizeof(float);
        return copiedBytes <= MaximumCopiedBytes
            ? graph.Constant(file.ReadFloats(tensor.Name), [.. tensor.Shape])
            : throw tensor.Invalid(
                $"its numbers do not lie side by side, and more than {MaximumCopiedBytes:N0} bytes of such weights are not copied"
            );
    }

    private string FindPrefix(string anchor)
    {
        var found = file
            .Tensors.Keys.Where(name =>
                name == anchor || name.EndsWith("." + anchor, StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .ToArray();
        return found.Length switch
        {
            1 => found[0][..^anchor.Length],
            0 => throw new ModelFormatException(file.Path, $"{anchor}: missing, with any prefix"),
            _ => throw new ModelFormatException(
                file.Path,
                $"{anchor}: found more than once, as {string.Join(", ", found)}"
            ),
        };
    }

    /// <summary>The name in the file. LayerNorm's weight and bias were gamma and beta in BERT's first checkpoints.</summary>
    private string Resolve(string name)
    {
        var full = prefix + name;
        // A classifier stands beside the body "bert.", not within it.
        if (!file.Tensors.ContainsKey(full) && file.Tensors.ContainsKey(outerPrefix + name))
            return outerPrefix + name;
        if (
            file.Tensors.ContainsKey(full) || !name.Contains("LayerNorm.", StringComparison.Ordinal)
        )
            return full;
        var old = full.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal)
            .Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal);
        return file.Tensors.ContainsKey(old) ? old : full;
    }

    private static string LinkTarget(string path) =>
        System.IO.Path.GetFullPath(
            File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path
        );

    /// <summary>The deepest folder that holds all files: ONNX Runtime reads weights from below one folder only.</summary>
    private static string CommonFolder(IReadOnlyList<string> paths)
    {
        var folder = System.IO.Path.GetDirectoryName(paths[0])!;
        while (!paths.All(path => IsBelow(folder, path)))
            folder = System.IO.Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static bool IsBelow(string folder, string path) =>
        path.StartsWith(
            System.IO.Path.TrimEndingDirectorySeparator(folder)
                + System.IO.Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );
}
