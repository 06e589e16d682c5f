using System.Text;

namespace SentenceTransformers;

public abstract partial class Tokenizer
{
    /// <summary>Says what in a text is read otherwise than its writer may expect; the tokens are as they are, nothing is changed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unknownShare">From which share of unknown tokens on, special tokens aside, to speak of them: 0.2 is one in five.</param>
    /// <returns>What was found, in the order of <see cref="TextDiagnosisKind"/>; nothing for most texts.</returns>
    public IReadOnlyList<TextDiagnosis> Diagnose(string text, double unknownShare = 0.2)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<TextDiagnosis>();
        if (NotNfc(text) is { } notNfc)
            found.Add(notNfc);
        var encoding = Encode(text);
        var special = SpecialTokensIn(text, encoding);
        if (Unknown(text, encoding, special.Count, unknownShare) is { } unknown)
            found.Add(unknown);
        found.AddRange(special);
        return found;
    }

    private static TextDiagnosis? NotNfc(string text)
    {
        var whole = new StringBuilder(text.Length); // half a surrogate pair has no form: U+FFFD, as long, stands in
        foreach (var rune in text.EnumerateRunes())
            whole.Append(rune);
        text = whole.ToString();
        var composed = text.Normalize(NormalizationForm.FormC);
        if (text == composed)
            return null;
        var shorter = Math.Min(text.Length, composed.Length);
        var start = text.AsSpan().CommonPrefixLength(composed);
        var same = 0;
        while (same < shorter - start && text[^(same + 1)] == composed[^(same + 1)])
            same++;
        return new TextDiagnosis(
            TextDiagnosisKind.NotNfc,
            $"not in Unicode form NFC (at {start}): letters are written in pieces, which the vocabulary may not know; text.Normalize() puts them together",
            start,
            text.Length - same
        );
    }

    private TextDiagnosis? Unknown(
        string text,
        TokenEncoding encoding,
        int specialTokens,
        double share
    )
    {
        int[] unknown =
        [
            .. Enumerable
                .Range(0, encoding.Length)
                .Where(i =>
                    encoding.Ids[i] == UnknownTokenId
                    && encoding.Offsets[i].End > encoding.Offsets[i].Start // CLIP's end of a text is its unknown token too
                    && !SpellsItself(text, encoding, i)
                ),
        ];
        var tokens = encoding.Offsets.Count(offset => offset.End > offset.Start) - specialTokens;
        if (unknown.Length == 0 || unknown.Length < share * tokens)
            return null;
        var (start, end) = encoding.Offsets[unknown[0]];
        return new TextDiagnosis(
            TextDiagnosisKind.UnknownTokens,
            $"{unknown.Length} of {tokens} tokens are {encoding.Tokens[unknown[0]]} (the first for '{Shortened(text[start..end])}' at {start}): the vocabulary cannot spell them, and the model cannot read them",
            start,
            end
        );
    }

    // A message is one line, and a word without a space may be a megabyte.
    private static string Shortened(string word)
    {
        const int longest = 40;
        return word.Length <= longest ? word : $"{word[..longest]}…";
    }

    private List<TextDiagnosis> SpecialTokensIn(string text, TokenEncoding encoding) =>
        [
            .. Enumerable
                .Range(0, encoding.Length)
                .Where(i => IsSpecial(encoding.Ids[i]) && SpellsItself(text, encoding, i))
                .Select(i => new TextDiagnosis(
                    TextDiagnosisKind.SpecialToken,
                    $"'{encoding.Tokens[i]}' (at {encoding.Offsets[i].Start}) is read as the special token, not as text",
                    encoding.Offsets[i].Start,
                    encoding.Offsets[i].End
                )),
        ];

    /// <summary>Whether a token stands in the text as the vocabulary spells it, perhaps with the space that it takes along.</summary>
    private static bool SpellsItself(string text, TokenEncoding encoding, int token)
    {
        var (start, end) = encoding.Offsets[token];
        return end > start && text[start..end].Trim() == encoding.Tokens[token];
    }
}
