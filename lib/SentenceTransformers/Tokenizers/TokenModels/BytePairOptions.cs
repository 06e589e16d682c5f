namespace SentenceTransformers;

/// <summary>The variants of byte-pair encoding.</summary>
/// <param name="UnknownToken">Stands for a character without a token; null to leave it out.</param>
/// <param name="ContinuingPrefix">Stands before each character of a word but the first, such as "##".</param>
/// <param name="EndOfWordSuffix">Stands behind the last character of a word, such as "&lt;/w&gt;".</param>
/// <param name="FuseUnknown">Whether neighbouring unknown characters are one token.</param>
/// <param name="ByteFallback">Whether a character without a token is spelled by its bytes, as "&lt;0xEA&gt;".</param>
/// <param name="IgnoreMerges">Whether a word that is a token itself is taken whole, however it would be joined.</param>
internal sealed record BytePairOptions(
    string? UnknownToken = null,
    string? ContinuingPrefix = null,
    string? EndOfWordSuffix = null,
    bool FuseUnknown = false,
    bool ByteFallback = false,
    bool IgnoreMerges = false
);
