namespace SentenceTransformers;

/// <summary>Which text of a pair is shortened when both together are too long.</summary>
public enum TruncationStrategy
{
    /// <summary>The longer one, token by token (an odd token stays with the longer text, on a tie with the second).</summary>
    LongestFirst,

    /// <summary>Only the first text.</summary>
    OnlyFirst,

    /// <summary>Only the second text.</summary>
    OnlySecond,
}
