namespace SentenceTransformers;

/// <summary>One row of a corpus that a search found.</summary>
/// <param name="CorpusId">Which row, counted from 0.</param>
/// <param name="Score">How like the query it is; larger is more alike.</param>
public readonly record struct SearchHit(int CorpusId, float Score);
