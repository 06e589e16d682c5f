namespace SentenceTransformers;

/// <summary>How far a download is.</summary>
/// <param name="File">The file, as the repository names it.</param>
/// <param name="Bytes">How much of it has arrived, counting what an earlier attempt left.</param>
/// <param name="Size">Its size, or null while that is not known.</param>
/// <param name="Note">What a user should know, such as why it waits; null most of the time.</param>
public sealed record HubProgress(string File, long Bytes, long? Size, string? Note = null);
