namespace SentenceTransformers;

/// <summary>Which candidates <see cref="HardNegatives.Mine"/> takes for negatives.</summary>
public sealed record HardNegativeOptions
{
    /// <summary>How many of the most similar candidates are skipped: they may be positives that nobody marked.</summary>
    public int RangeMin { get; init; }

    /// <summary>How many of the most similar candidates are looked at; null for as many as the other options may need.</summary>
    public int? RangeMax { get; init; }

    /// <summary>The largest score of a negative.</summary>
    public float? MaxScore { get; init; }

    /// <summary>The smallest score of a negative.</summary>
    public float? MinScore { get; init; }

    /// <summary>By how much the score of a negative must at least be below the lowest score of the anchor's positives.</summary>
    public float? AbsoluteMargin { get; init; }

    /// <summary>The same as a share of that score's size: 0.05 is 5 %.</summary>
    public float? RelativeMargin { get; init; }

    /// <summary>How many negatives each anchor gets, if there are as many.</summary>
    public int NegativeCount { get; init; } = 3;

    /// <summary>Takes negatives at random with this seed; null for the most similar.</summary>
    public int? RandomSeed { get; init; }

    /// <summary>Batch size and so on; null for the model's own. Embeddings are always normalized.</summary>
    public EncodeOptions? Encode { get; init; }

    /// <summary>The options with <see cref="RangeMax"/> filled in as the reference does, and checked.</summary>
    /// <param name="mostPositives">How many positives the anchor with the most has.</param>
    internal HardNegativeOptions Resolve(int mostPositives)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(NegativeCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(RangeMin);
        foreach (var limit in new[] { MaxScore, MinScore, AbsoluteMargin, RelativeMargin })
            if (limit is { } number && float.IsNaN(number))
                throw new ArgumentException("a limit of a score is NaN");
        // Where candidates may be refused, ten are looked at for each negative.
        var refuses =
            AbsoluteMargin is not null || RelativeMargin is not null || MaxScore is not null;
        var rangeMax = RangeMax ?? RangeMin + NegativeCount * (refuses ? 10 : 1) + mostPositives;
        return rangeMax - RangeMin >= NegativeCount
            ? this with
            {
                RangeMax = rangeMax,
            }
            : throw new ArgumentException(
                $"{NegativeCount} negatives cannot be among candidates {RangeMin} to {rangeMax}: lower {nameof(RangeMin)} or {nameof(NegativeCount)}, or raise {nameof(RangeMax)}"
            );
    }
}
