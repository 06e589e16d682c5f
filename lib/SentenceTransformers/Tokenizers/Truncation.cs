namespace SentenceTransformers;

/// <summary>How many tokens of each text stay.</summary>
/// <remarks>After <c>utils/truncation.rs</c> of Hugging Face tokenizers.</remarks>
internal static class Truncation
{
    /// <summary>The lengths to cut two texts down to; a single text has no second.</summary>
    /// <param name="first">Tokens of the first text.</param>
    /// <param name="second">Tokens of the second text, or null.</param>
    /// <param name="budget">The most tokens of both, special tokens not counted.</param>
    /// <param name="strategy">Which text gives way.</param>
    /// <exception cref="ArgumentException">The text to be cut is too short, or not there.</exception>
    public static (int First, int Second) Lengths(
        int first,
        int? second,
        int budget,
        TruncationStrategy strategy
    )
    {
        var other = second ?? 0;
        var excess = first + other - budget;
        if (excess <= 0)
            return (first, other);
        if (budget == 0)
            return (0, 0);
        return strategy switch
        {
            TruncationStrategy.LongestFirst => LongestFirst(first, other, budget),
            TruncationStrategy.OnlyFirst => (Cut(first, excess, "first"), other),
            TruncationStrategy.OnlySecond when second is null => throw new ArgumentException(
                "truncation: there is no second text to shorten",
                nameof(strategy)
            ),
            TruncationStrategy.OnlySecond => (first, Cut(other, excess, "second")),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, null),
        };
    }

    private static (int First, int Second) LongestFirst(int first, int second, int budget)
    {
        var (shorter, longer) = first > second ? (second, first) : (first, second);
        longer = Math.Max(shorter, budget - shorter); // cut the longer one, at most down to the shorter
        if (shorter + longer > budget)
            (shorter, longer) = (budget / 2, budget - budget / 2);
        return first > second ? (longer, shorter) : (shorter, longer);
    }

    private static int Cut(int length, int excess, string which) =>
        length > excess
            ? length - excess
            : throw new ArgumentException(
                $"truncation: {excess:N0} tokens too many, but the {which} text has only {length:N0}"
            );
}
