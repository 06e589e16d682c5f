namespace SentenceTransformers;

/// <summary>A number published for two texts.</summary>
/// <param name="Text">The first text.</param>
/// <param name="Pair">The second text.</param>
/// <param name="Value">Their cosine similarity, or a cross-encoder's score.</param>
public sealed record PublishedPair(string Text, string Pair, double Value);
