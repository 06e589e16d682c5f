namespace SentenceTransformers;

/// <summary>A triplet to train on: a negative that looks like the positive.</summary>
/// <param name="Anchor">The query.</param>
/// <param name="Positive">What answers it.</param>
/// <param name="Negative">What looks as if.</param>
/// <param name="PositiveScore">How like the anchor the positive is.</param>
/// <param name="NegativeScore">How like the anchor the negative is.</param>
public sealed record HardNegative(
    string Anchor,
    string Positive,
    string Negative,
    float PositiveScore,
    float NegativeScore
);
