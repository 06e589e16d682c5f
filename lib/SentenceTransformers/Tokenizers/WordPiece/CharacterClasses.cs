namespace SentenceTransformers;

/// <summary>What normalizer and pre-tokenizer together do with each UTF-16 code unit, so that most text needs neither.</summary>
internal sealed class CharacterClasses
{
    /// <summary>Part of a word, unchanged.</summary>
    public const byte Word = 0;

    /// <summary>Part of a word, an ASCII capital to be lower-cased.</summary>
    public const byte Capital = 1;

    /// <summary>Anything else (deleted, replaced, a surrogate): the stretch around it takes the whole pipeline.</summary>
    public const byte Other = 2;

    /// <summary>Separates words.</summary>
    public const byte Space = 4;

    /// <summary>A word of its own, unchanged.</summary>
    public const byte Single = 8;

    private readonly byte[] classes = new byte[char.MaxValue + 1];

    public CharacterClasses(BertNormalizer normalizer)
    {
        var normalized = new NormalizedText();
        for (var i = 0; i < classes.Length; i++)
            classes[i] = Classify((char)i, normalizer, normalized);
    }

    public byte this[char unit] => classes[unit];

    private static byte Classify(char unit, BertNormalizer normalizer, NormalizedText normalized)
    {
        if (char.IsSurrogate(unit))
            return Other;
        normalizer.Normalize([unit], 0, normalized);
        var result = normalized.Characters;
        if (result.IsEmpty)
            return Other;
        var (start, end) = (0, 0);
        if (!BertPreTokenizer.NextWord(result, out start, ref end))
            return Space;
        if (end - start == 1 && result[start] == unit)
            return result.Length > 1 || UnicodeTables.Has(unit, CodePointTraits.Punctuation)
                    ? Single
                // Accents may move past a combining character that stays; it can join no word by itself.
                : UnicodeTables.Has(unit, CodePointTraits.NonStarter) ? Other
                : Word;
        return char.IsAsciiLetterUpper(unit) ? Capital : Other;
    }
}
