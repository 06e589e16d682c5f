using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace SentenceTransformers;

/// <summary>One safetensors file, mapped into memory: 8 bytes of header length, the JSON header, then the data.</summary>
internal sealed unsafe class SafetensorsShard : IDisposable
{
    private readonly MemoryMappedFile mapping;
    private readonly MemoryMappedViewAccessor view;
    private byte* start; // null once disposed

    /// <summary>Opens and checks a file; its data are read when they are asked for.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="ModelFormatException">The file is not a valid safetensors file.</exception>
    public SafetensorsShard(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file", path);
        using var handle = File.OpenHandle(path);
        Tensors = ReadHeader(path, handle);

        mapping = MemoryMappedFile.CreateFromFile(
            handle,
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
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; }

    /// <summary>Where a tensor's first byte lies in memory, until this is disposed.</summary>
    public byte* Address(SafetensorsTensor tensor)
    {
        ObjectDisposedException.ThrowIf(start is null, typeof(SafetensorsFile));
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

    private static IReadOnlyDictionary<string, SafetensorsTensor> ReadHeader(
        string path,
        SafeFileHandle handle
    )
    {
        const int LengthBytes = sizeof(ulong);
        var fileLength = RandomAccess.GetLength(handle);
        if (fileLength < LengthBytes)
            throw new ModelFormatException(
                path,
                $"{fileLength} bytes are too few for a safetensors file"
            );

        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        Fill(path, handle, lengthBytes, 0);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > SafetensorsHeader.MaximumBytes)
            throw new ModelFormatException(
                path,
                $"a header of {length:N0} bytes, expected at most {SafetensorsHeader.MaximumBytes:N0}: not a safetensors file"
            );
        if (length > (ulong)(fileLength - LengthBytes))
            throw new ModelFormatException(
                path,
                $"a header of {length:N0} bytes in a file of {fileLength:N0}: it is cut short"
            );

        var header = new byte[length];
        Fill(path, handle, header, LengthBytes);
        var dataStart = LengthBytes + (long)length;
        return SafetensorsHeader.Parse(path, header, dataStart, fileLength - dataStart);
    }

    private static void Fill(
        string path,
        SafeFileHandle handle,
        Span<byte> destination,
        long offset
    )
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(handle, destination, offset);
            if (read == 0)
                throw new ModelFormatException(path, "it became shorter while it was read");
            destination = destination[read..];
            offset += read;
        }
    }
}
