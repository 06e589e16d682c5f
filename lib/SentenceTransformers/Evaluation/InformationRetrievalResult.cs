namespace SentenceTransformers;

/// <summary>How well queries find what is relevant, averaged over queries; each metric by its cut-off k.</summary>
/// <param name="Function">How embeddings were compared.</param>
/// <param name="AccuracyAt">The share of queries with a relevant document among the first k.</param>
/// <param name="PrecisionAt">Of the first k documents, the share that is relevant.</param>
/// <param name="RecallAt">Of the relevant documents, the share among the first k.</param>
/// <param name="MrrAt">1 over the place of the first relevant document, 0 where it is not among the first k.</param>
/// <param name="NdcgAt">Normalized discounted cumulative gain of the first k.</param>
/// <param name="MapAt">Mean average precision of the first k.</param>
public sealed record InformationRetrievalResult(
    SimilarityFunction Function,
    IReadOnlyDictionary<int, double> AccuracyAt,
    IReadOnlyDictionary<int, double> PrecisionAt,
    IReadOnlyDictionary<int, double> RecallAt,
    IReadOnlyDictionary<int, double> MrrAt,
    IReadOnlyDictionary<int, double> NdcgAt,
    IReadOnlyDictionary<int, double> MapAt
);
