namespace SentenceTransformers;

/// <summary>How well scores tell positives from negatives, larger scores for positives.</summary>
/// <remarks>The formulas of scikit-learn, in which equal scores are one threshold: their order cannot help.</remarks>
internal static class ScoreMetrics
{
    /// <summary>The area under precision against recall in steps: at each threshold the precision, for the recall it adds.</summary>
    public static double AveragePrecision(
        IReadOnlyList<bool> positive,
        IReadOnlyList<double> scores
    )
    {
        int hits = 0,
            seen = 0;
        double area = 0;
        foreach (var equal in ByScore(positive, scores))
        {
            var found = equal.Count(isPositive => isPositive);
            hits += found;
            seen += equal.Length;
            area += (double)hits / seen * found;
        }
        return hits == 0 ? 0 : area / hits;
    }

    /// <summary>nDCG of the first k; documents of equal scores share the gain of their places.</summary>
    public static double NdcgAt(IReadOnlyList<bool> positive, IReadOnlyList<double> scores, int k)
    {
        double gain = 0,
            ideal = 0;
        var rank = 0;
        foreach (var equal in ByScore(positive, scores))
        {
            double discounts = 0;
            for (var end = rank + equal.Length; rank < end; rank++)
                discounts += rank < k ? RankingMetrics.Discount(rank) : 0;
            gain += discounts * equal.Count(isPositive => isPositive) / equal.Length;
        }
        var total = positive.Count(isPositive => isPositive);
        for (rank = 0; rank < Math.Min(total, k); rank++)
            ideal += RankingMetrics.Discount(rank);
        return ideal == 0 ? 0 : gain / ideal;
    }

    /// <summary>Matthews' correlation of what is positive with what was said to be; 0 where either is all the same.</summary>
    public static double Matthews(IReadOnlyList<bool> positive, IReadOnlyList<bool> predicted)
    {
        double truePositive = 0,
            trueNegative = 0,
            falsePositive = 0,
            falseNegative = 0;
        for (var i = 0; i < positive.Count; i++)
            if (predicted[i])
                _ = positive[i] ? truePositive++ : falsePositive++;
            else
                _ = positive[i] ? falseNegative++ : trueNegative++;
        var square =
            (truePositive + falsePositive)
            * (truePositive + falseNegative)
            * (trueNegative + falsePositive)
            * (trueNegative + falseNegative);
        return square == 0
            ? 0
            : (truePositive * trueNegative - falsePositive * falseNegative) / Math.Sqrt(square);
    }

    /// <summary>Whether each is positive, in groups of equal scores, the largest score first.</summary>
    private static IEnumerable<bool[]> ByScore(
        IReadOnlyList<bool> positive,
        IReadOnlyList<double> scores
    ) =>
        positive
            .Zip(scores)
            .GroupBy(pair => pair.Second, pair => pair.First)
            .OrderByDescending(group => group.Key)
            .Select(group => group.ToArray());
}
