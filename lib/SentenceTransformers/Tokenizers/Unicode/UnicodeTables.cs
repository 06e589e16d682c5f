using System.Globalization;

namespace SentenceTransformers;

/// <summary>What the reference tokenizer knows of each code point, whatever Unicode version the machine has.</summary>
/// <remarks>Read once from the embedded UnicodeTables.txt, whose header says where the facts come from.</remarks>
internal static class UnicodeTables
{
    private const int CodePoints = 0x110000;
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;

    private static readonly CodePointTraits[] Traits = new CodePointTraits[CodePoints];
    private static readonly Dictionary<int, byte> CombiningClasses = [];
    private static readonly Dictionary<int, int[]> Lowercase = [];
    private static readonly Dictionary<int, int[]> Decompositions = [];

    static UnicodeTables()
    {
        foreach (var fields in CodePointTable.Read("UnicodeTables.txt"))
            Add(fields);
        for (var syllable = HangulFirst; syllable <= HangulLast; syllable++)
            Traits[syllable] |= CodePointTraits.Decomposes;
    }

    public static bool Has(int codePoint, CodePointTraits trait) =>
        (Traits[codePoint] & trait) != 0;

    /// <summary>The code points that decompose canonically, Hangul syllables aside.</summary>
    public static IEnumerable<int> Decomposable => Decompositions.Keys;

    /// <summary>The canonical combining class; 0 for a starter.</summary>
    public static byte CombiningClass(int codePoint) =>
        Has(codePoint, CodePointTraits.NonStarter) ? CombiningClasses[codePoint] : (byte)0;

    /// <summary>The lower-case form of one code point by itself (no final sigma), or nothing when it is its own.</summary>
    public static ReadOnlySpan<int> ToLower(int codePoint) =>
        Has(codePoint, CodePointTraits.Lowercases) ? Lowercase[codePoint] : [];

    /// <summary>Writes the full canonical decomposition (NFD) of one code point and returns its length, at most 4.</summary>
    public static int Decompose(int codePoint, Span<int> parts)
    {
        if (!Has(codePoint, CodePointTraits.Decomposes))
        {
            parts[0] = codePoint;
            return 1;
        }
        if (codePoint is < HangulFirst or > HangulLast)
        {
            var known = Decompositions[codePoint];
            known.CopyTo(parts);
            return known.Length;
        }
        // The Unicode Standard, section 3.12: 19 leading consonants x 21 vowels x 28 trailing consonants (or none).
        var (rest, trailing) = Math.DivRem(codePoint - HangulFirst, 28);
        var (leading, vowel) = Math.DivRem(rest, 21);
        parts[0] = 0x1100 + leading;
        parts[1] = 0x1161 + vowel;
        parts[2] = 0x11A7 + trailing;
        return trailing == 0 ? 2 : 3;
    }

    private static void Add(string[] fields)
    {
        var first = CodePointTable.Number(fields[1]);
        switch (fields[0])
        {
            case "removed":
                Mark(fields, CodePointTraits.Removed);
                break;
            case "space":
                Mark(fields, CodePointTraits.WhiteSpace);
                break;
            case "punctuation":
                Mark(fields, CodePointTraits.Punctuation);
                break;
            case "mark":
                Mark(fields, CodePointTraits.NonSpacingMark);
                break;
            case "word":
                Mark(fields, CodePointTraits.WordCharacter);
                break;
            case "class":
                Mark(fields, CodePointTraits.NonStarter);
                for (var c = first; c <= CodePointTable.Number(fields[2]); c++)
                    CombiningClasses[c] = byte.Parse(fields[3], CultureInfo.InvariantCulture);
                break;
            case "lower":
                var step = int.Parse(fields[3], CultureInfo.InvariantCulture);
                for (var c = first; c <= CodePointTable.Number(fields[2]); c += step)
                    AddLower(c, [c + int.Parse(fields[4], CultureInfo.InvariantCulture)]);
                break;
            case "lower-to":
                AddLower(first, [.. fields[2..].Select(CodePointTable.Number)]);
                break;
            default: // "decompose"
                Traits[first] |= CodePointTraits.Decomposes;
                Decompositions[first] = [.. fields[2..].Select(CodePointTable.Number)];
                break;
        }
    }

    private static void Mark(string[] fields, CodePointTraits trait)
    {
        foreach (var c in CodePointTable.Range(fields))
            Traits[c] |= trait;
    }

    private static void AddLower(int codePoint, int[] lower)
    {
        Traits[codePoint] |= CodePointTraits.Lowercases;
        Lowercase[codePoint] = lower;
    }
}
