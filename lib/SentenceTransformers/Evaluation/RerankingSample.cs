namespace SentenceTransformers;

/// <summary>A query with documents to rank.</summary>
/// <param name="Query">The query.</param>
/// <param name="Positive">The documents that answer it.</param>
/// <param name="Negative">Those that do not.</param>
public sealed record RerankingSample(
    string Query,
    IReadOnlyList<string> Positive,
    IReadOnlyList<string> Negative
);
