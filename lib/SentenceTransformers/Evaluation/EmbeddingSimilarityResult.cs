namespace SentenceTransformers;

/// <summary>How well similarities agree with people's scores.</summary>
/// <param name="Function">How embeddings were compared.</param>
/// <param name="Pearson">The correlation of the numbers; NaN where all are the same.</param>
/// <param name="Spearman">The correlation of their ranks, which papers report.</param>
public sealed record EmbeddingSimilarityResult(
    SimilarityFunction Function,
    double Pearson,
    double Spearman
);
