namespace SentenceTransformers;

/// <summary>An entry of a zip archive, stored as it is.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Header">Where its header lies in the file.</param>
/// <param name="Begin">Where its first byte lies in the file.</param>
/// <param name="Length">How many bytes it holds.</param>
internal sealed record ZipEntry(string Name, long Header, long Begin, long Length)
{
    /// <summary>Where the byte behind its last lies in the file.</summary>
    public long End => Begin + Length;
}
