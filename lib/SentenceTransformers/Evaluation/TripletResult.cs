namespace SentenceTransformers;

/// <summary>How often an anchor is nearer to its positive than to its negative.</summary>
/// <param name="Function">How embeddings were compared.</param>
/// <param name="Accuracy">The share of triplets, from 0 to 1.</param>
public sealed record TripletResult(SimilarityFunction Function, double Accuracy);
