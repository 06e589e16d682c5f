using System.IO.MemoryMappedFiles;

namespace SentenceTransformers;

/// <summary>One file of weights, mapped into memory, and where in it each tensor lies.</summary>
internal sealed unsafe class WeightShard : IDisposable
{
    private readonly MemoryMappedFile mapping;
    private readonly MemoryMappedViewAccessor view;
    private byte* start; // null once disposed

    /// <summary>Opens and checks a file; its numbers are read when they are asked for.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="ModelFormatException">The file breaks its format: safetensors by its name, else a checkpoint of torch.</exception>
    public WeightShard(string path)
    {
        using var file = new BinaryFile(path);
        Tensors = path.EndsWith(".safetensors", StringComparison.Ordinal)
            ? SafetensorsHeader.Read(file)
            : TorchCheckpoint.Read(file);

        mapping = MemoryMappedFile.CreateFromFile(
            file.Stream,
            null,
            0,
            MemoryMappedFileAccess.Read,
            HandleInheritability.None,
            leaveOpen: true
        );
        view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <summary>The file's tensors by name.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Tensors { get; }

    /// <summary>Where a tensor's first byte lies in memory, until this is disposed.</summary>
    public byte* Address(WeightTensor tensor)
    {
        ObjectDisposedException.ThrowIf(start is null, typeof(WeightFile));
        return start + tensor.Offset;
    }

    /// <summary>Takes the file out of memory.</summary>
    public void Dispose()
    {
        if (start is null)
            return;
        start = null;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        mapping.Dispose();
    }
}
