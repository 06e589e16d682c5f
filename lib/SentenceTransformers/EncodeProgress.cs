namespace SentenceTransformers;

/// <summary>How far an encoding has come.</summary>
/// <param name="Done">Texts encoded so far.</param>
/// <param name="Total">Texts in all.</param>
public readonly record struct EncodeProgress(int Done, int Total);
