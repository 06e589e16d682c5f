namespace SentenceTransformers;

/// <summary>How good a ranking is, from which of its documents, best first, are relevant.</summary>
/// <remarks>The formulas of <c>InformationRetrievalEvaluator</c> in sentence-transformers.</remarks>
internal static class RankingMetrics
{
    public static int HitsAt(IReadOnlyList<bool> relevant, int k) =>
        relevant.Take(k).Count(isRelevant => isRelevant);

    /// <summary>1 over the place of the first relevant document; 0 where there is none among the first k.</summary>
    public static double ReciprocalRankAt(IReadOnlyList<bool> relevant, int k)
    {
        for (var rank = 0; rank < Math.Min(k, relevant.Count); rank++)
            if (relevant[rank])
                return 1.0 / (rank + 1);
        return 0;
    }

    /// <summary>The discounted gain of the first k, over what an ideal ranking of <paramref name="total"/> relevant documents has.</summary>
    public static double NdcgAt(IReadOnlyList<bool> relevant, int total, int k)
    {
        double gain = 0,
            ideal = 0;
        for (var rank = 0; rank < k; rank++)
        {
            if (rank < relevant.Count && relevant[rank])
                gain += Discount(rank);
            if (rank < total)
                ideal += Discount(rank);
            else if (rank >= relevant.Count)
                break;
        }
        return gain / ideal;
    }

    /// <summary>The precision at each relevant document's place, averaged over as many as the first k could hold.</summary>
    public static double AveragePrecisionAt(IReadOnlyList<bool> relevant, int total, int k)
    {
        var hits = 0;
        double precisions = 0;
        for (var rank = 0; rank < Math.Min(k, relevant.Count); rank++)
            if (relevant[rank])
                precisions += (double)++hits / (rank + 1);
        return precisions / Math.Min(k, total);
    }

    /// <summary>What a gain at a place counts: 1 at the first, 1/log2(3) at the second, and so on.</summary>
    public static double Discount(int rank) => 1 / Math.Log2(rank + 2);
}
