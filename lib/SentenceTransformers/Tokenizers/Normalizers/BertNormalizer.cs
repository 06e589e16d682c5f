using System.Text;

namespace SentenceTransformers;

/// <summary>BERT's text cleaning, in the reference's order: clean, set ideographs apart, strip accents, lower-case.</summary>
/// <remarks>After <c>normalizers/bert.rs</c> of Hugging Face tokenizers.</remarks>
/// <param name="cleanText">Delete controls and format characters, turn white space into spaces.</param>
/// <param name="handleChineseCharacters">Put spaces around ideographs, so that each is a word.</param>
/// <param name="stripAccents">Decompose (NFD) and delete non-spacing marks; null to do as <paramref name="lowercase"/> does.</param>
/// <param name="lowercase">Lower-case, each code point by itself.</param>
internal sealed class BertNormalizer(
    bool cleanText,
    bool handleChineseCharacters,
    bool? stripAccents,
    bool lowercase
) : INormalizer
{
    private readonly bool strip = stripAccents ?? lowercase;

    /// <summary>The normalizer of a model's files, lower-casing first where sentence-transformers asks for that too.</summary>
    /// <remarks>
    /// Its do_lower_case puts a Lowercase before a normalizer that does not lower-case: accents then stay, for the
    /// normalizer strips them only together with its own lower-casing.
    /// </remarks>
    public static BertNormalizer Create(
        bool cleanText,
        bool handleChineseCharacters,
        bool? stripAccents,
        bool lowercase,
        bool lowercaseFirst
    ) =>
        new(
            cleanText,
            handleChineseCharacters,
            stripAccents ?? lowercase,
            lowercase || lowercaseFirst
        );

    /// <summary>Normalizes a text.</summary>
    public string Normalize(string text)
    {
        var normalized = new NormalizedText();
        Normalize(text, 0, normalized);
        return normalized.Characters.ToString();
    }

    /// <inheritdoc/>
    public SourcedText Normalize(SourcedText text)
    {
        var normalized = new NormalizedText();
        Normalize(text.Text, 0, normalized);
        return text.Rebuild(normalized);
    }

    /// <summary>Normalizes a text, or a part of one that starts at <paramref name="origin"/>.</summary>
    public void Normalize(ReadOnlySpan<char> text, int origin, NormalizedText normalized)
    {
        normalized.Clear();
        for (int i = 0, length; i < text.Length; i += length)
        {
            // A lone surrogate decodes as U+FFFD, one code unit long: what UTF-8 makes of it.
            Rune.DecodeFromUtf16(text[i..], out var rune, out length);
            var codePoint = rune.Value;
            var (start, end) = (origin + i, origin + i + length);
            if (cleanText && UnicodeTables.Has(codePoint, CodePointTraits.Removed))
                continue;
            if (cleanText && UnicodeTables.Has(codePoint, CodePointTraits.WhiteSpace))
                codePoint = ' ';
            if (handleChineseCharacters && IsChinese(codePoint))
            {
                Append(' ', start, end, normalized);
                Append(codePoint, start, end, normalized);
                Append(' ', start, end, normalized);
            }
            else
                Append(codePoint, start, end, normalized);
        }
        normalized.FlushMarks(lowercase);
    }

    private void Append(int codePoint, int start, int end, NormalizedText normalized)
    {
        if (strip)
            normalized.AppendWithoutAccents(codePoint, start, end, lowercase);
        else if (lowercase)
            normalized.AppendLower(codePoint, start, end);
        else
            normalized.Append(codePoint, start, end);
    }

    // The blocks as the reference has them; 2B920 where Unicode's block starts at 2B820 is its slip, kept.
    private static bool IsChinese(int codePoint) =>
        codePoint
            is >= 0x4E00
                and <= 0x9FFF
                or >= 0x3400
                and <= 0x4DBF
                or >= 0x20000
                and <= 0x2A6DF
                or >= 0x2A700
                and <= 0x2B73F
                or >= 0x2B740
                and <= 0x2B81F
                or >= 0x2B920
                and <= 0x2CEAF
                or >= 0xF900
                and <= 0xFAFF
                or >= 0x2F800
                and <= 0x2FA1F;
}
