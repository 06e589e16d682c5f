using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SentenceTransformers;

/// <summary>What the hub's ETag promises of a file's content: its SHA-256 (large files), or git's own hash (small ones).</summary>
internal sealed class BlobHash : IDisposable
{
    private readonly IncrementalHash hash;
    private readonly string expected;

    private BlobHash(IncrementalHash hash, string expected) =>
        (this.hash, this.expected) = (hash, expected);

    /// <summary>The hash that an ETag is, or null where it is none.</summary>
    [SuppressMessage(
        "Security",
        "CA5350",
        Justification = "Git names its blobs by SHA-1; large files have SHA-256."
    )]
    public static BlobHash? Of(string etag, long? size)
    {
        if (!etag.All(char.IsAsciiHexDigitLower))
            return null;
        if (etag.Length == 64)
            return new BlobHash(IncrementalHash.CreateHash(HashAlgorithmName.SHA256), etag);
        if (etag.Length != 40 || size is null)
            return null;
        var git = new BlobHash(IncrementalHash.CreateHash(HashAlgorithmName.SHA1), etag);
        git.Append(Encoding.ASCII.GetBytes($"blob {size}\0"));
        return git;
    }

    public void Append(ReadOnlySpan<byte> bytes) => hash.AppendData(bytes);

    /// <summary>Whether the content was what was promised.</summary>
    public bool Agrees() => Convert.ToHexStringLower(hash.GetHashAndReset()) == expected;

    public void Dispose() => hash.Dispose();
}
