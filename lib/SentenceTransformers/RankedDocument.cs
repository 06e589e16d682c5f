namespace SentenceTransformers;

/// <summary>A document's place in a ranking.</summary>
/// <param name="Index">Which document, counted from 0 (the reference's <c>corpus_id</c>).</param>
/// <param name="Score">How well it answers the query.</param>
/// <param name="Text">The document.</param>
public sealed record RankedDocument(int Index, float Score, string Text);
