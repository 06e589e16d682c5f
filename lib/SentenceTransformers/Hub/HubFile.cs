namespace SentenceTransformers;

/// <summary>What the hub says of a file before its content.</summary>
/// <param name="Name">The file, as the repository names it.</param>
/// <param name="Address">Where its content is asked for.</param>
/// <param name="ETag">The name of its content, and mostly its hash.</param>
/// <param name="Size">Bytes, or null where it is not said.</param>
internal sealed record HubFile(string Name, Uri Address, string ETag, long? Size);
