namespace SentenceTransformers;

/// <summary>One text (or pair of texts) as tokens: what a transformer reads, and where each token came from.</summary>
/// <param name="Ids">Token ids, special tokens included; shape [tokens].</param>
/// <param name="TypeIds">Segment ids, 0 for the first text and 1 for the second; shape [tokens].</param>
/// <param name="Tokens">The vocabulary's spelling of each id, such as "##요".</param>
/// <param name="Offsets">Where each token lies in its text, in UTF-16 code units, end exclusive; (0, 0) for special tokens.</param>
/// <remarks>The counterpart of an <c>Encoding</c> of Hugging Face tokenizers, whose offsets count code points.</remarks>
public sealed record TokenEncoding(
    int[] Ids,
    int[] TypeIds,
    string[] Tokens,
    (int Start, int End)[] Offsets
)
{
    /// <summary>How many tokens there are, special tokens included.</summary>
    public int Length => Ids.Length;
}
