namespace SentenceTransformers;

/// <summary>How well two rows of numbers rise and fall together, from -1 to 1.</summary>
/// <remarks>Follows <c>scipy.stats</c>: NaN where a row is constant, because then nothing can be said.</remarks>
public static class Correlation
{
    /// <summary>Pearson's correlation: how nearly the points (a, b) lie on a line; shapes [numbers].</summary>
    /// <exception cref="ArgumentException">There are fewer than two numbers, their counts differ, or one is NaN or an infinity.</exception>
    public static double Pearson(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        Require(a, nameof(a));
        Require(b, nameof(b));
        EvaluationData.RequireSameCount(a.Count, b.Count, nameof(b));
        var (meanA, meanB) = (a.Average(), b.Average());
        double products = 0,
            squaresA = 0,
            squaresB = 0;
        for (var i = 0; i < a.Count; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            products += x * y;
            squaresA += x * x;
            squaresB += y * y;
        }
        // Asked of the numbers, not of the squares: a mean that is rounded leaves constant rows a little variance.
        return a.All(x => x == a[0]) || b.All(y => y == b[0])
            ? double.NaN
            : Math.Clamp(products / (Math.Sqrt(squaresA) * Math.Sqrt(squaresB)), -1, 1);
    }

    /// <summary>Spearman's correlation: Pearson's, of the ranks; it asks for the same order only; shapes [numbers].</summary>
    /// <inheritdoc cref="Pearson"/>
    public static double Spearman(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        Require(a, nameof(a));
        Require(b, nameof(b));
        return Pearson(Ranks(a), Ranks(b));
    }

    /// <summary>The place of each number, counted from 1; equal numbers share the average of their places; shape [numbers].</summary>
    public static double[] Ranks(IReadOnlyList<double> numbers)
    {
        Require(numbers, nameof(numbers), fewest: 0);
        int[] order = [.. Enumerable.Range(0, numbers.Count).OrderBy(i => numbers[i])];
        var ranks = new double[numbers.Count];
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && numbers[order[end]] == numbers[order[start]])
                end++;
            for (var i = start; i < end; i++)
                ranks[order[i]] = (start + 1 + end) / 2.0;
        }
        return ranks;
    }

    private static void Require(IReadOnlyList<double> numbers, string name, int fewest = 2)
    {
        ArgumentNullException.ThrowIfNull(numbers, name);
        if (numbers.Count < fewest)
            throw new ArgumentException(
                $"expected at least {fewest} numbers, found {numbers.Count}",
                name
            );
        EvaluationData.RequireFinite(numbers, name);
    }
}
