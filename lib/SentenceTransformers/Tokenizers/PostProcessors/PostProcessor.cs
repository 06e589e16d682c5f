namespace SentenceTransformers;

/// <summary>What is done to the tokens of the texts at the end: offsets trimmed, special tokens put around.</summary>
/// <param name="Single">Around one text.</param>
/// <param name="Pair">Around two.</param>
/// <param name="Trimmings">Done to each text first.</param>
internal sealed record PostProcessor(
    TokenTemplate Single,
    TokenTemplate Pair,
    IReadOnlyList<OffsetTrimming> Trimmings
);
