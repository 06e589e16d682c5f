namespace SentenceTransformers;

/// <summary>A number published for two texts, or for a picture and a text.</summary>
/// <param name="Text">The first text.</param>
/// <param name="Pair">The second text.</param>
/// <param name="Value">Their cosine similarity, or a cross-encoder's score.</param>
/// <param name="IsPicture">Whether the first is no text but a picture of data/pictures.</param>
public sealed record PublishedPair(string Text, string Pair, double Value, bool IsPicture = false);
