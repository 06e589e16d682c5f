namespace SentenceTransformers;

/// <summary>How far up documents that answer a query are ranked, averaged over queries.</summary>
/// <param name="K">How many documents MRR and nDCG look at.</param>
/// <param name="Map">Mean average precision, over all documents.</param>
/// <param name="Mrr">Mean reciprocal rank of the first that answers, 0 where it is not among the first k.</param>
/// <param name="Ndcg">Normalized discounted cumulative gain of the first k.</param>
public sealed record RerankingResult(int K, double Map, double Mrr, double Ndcg);
