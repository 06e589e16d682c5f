namespace SentenceTransformers;

/// <summary>One file of a model in models/models.json.</summary>
/// <param name="Path">Its path below the model's folder, with forward slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal.</param>
public sealed record ModelFile(string Path, long Size, string Sha256);
