using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>A binary file read piece by piece, little-endian; what it does not hold is refused before anything is allocated.</summary>
internal sealed class BinaryFile : IDisposable
{
    /// <summary>Opens a file at its first byte.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="ModelFormatException">The file is empty.</exception>
    public BinaryFile(string path)
    {
        if (BoundedFile.Length(path) == 0)
            throw new ModelFormatException(path, "0 bytes are too few for a file of weights");
        Path = path;
        Stream = File.OpenRead(path);
        Length = Stream.Length;
    }

    /// <summary>The file, for error messages.</summary>
    public string Path { get; }

    /// <summary>The open file.</summary>
    public FileStream Stream { get; }

    /// <summary>How many bytes it holds.</summary>
    public long Length { get; }

    /// <summary>Where the next byte is read: from 0 to <see cref="Length"/>.</summary>
    public long Position
    {
        get => Stream.Position;
        set => Stream.Position = value;
    }

    /// <summary>Reads bytes.</summary>
    /// <exception cref="ModelFormatException">The file ends before.</exception>
    public byte[] Bytes(int count)
    {
        RequireLeft(count);
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="ModelFormatException">The file ends before.</exception>
    public T Number<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        RequireLeft(size);
        Span<byte> bytes = stackalloc byte[size];
        Fill(bytes);
        return MemoryMarshal.Read<T>(bytes);
    }

    /// <summary>The error for what the file holds.</summary>
    public ModelFormatException Invalid(string problem, Exception? cause = null) =>
        new(Path, problem, cause);

    /// <inheritdoc/>
    public void Dispose() => Stream.Dispose();

    private void RequireLeft(int count)
    {
        if (count > Length - Position)
            throw Invalid(
                $"{count:N0} bytes expected at byte {Position}, but the file holds {Length:N0}: it is cut short"
            );
    }

    private void Fill(Span<byte> bytes)
    {
        if (Stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw Invalid("it became shorter while it was read");
    }
}
