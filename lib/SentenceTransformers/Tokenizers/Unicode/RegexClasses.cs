using System.Globalization;

namespace SentenceTransformers;

/// <summary>The character classes of the reference's regular expressions, whatever Unicode version the machine has.</summary>
/// <remarks>Read once, when a tokenizer first asks, from the embedded RegexClasses.txt, whose header says where the facts come from.</remarks>
internal static class RegexClasses
{
    private const byte DigitFlag = 0x80;
    private const int Superscript = 0xBF; // the end of Latin-1's signs

    // In the order of UnicodeCategory.
    private static readonly string[] Names =
    [
        .. "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn".Split(
            ' '
        ),
    ];

    private static readonly byte[] Classes = new byte[0x110000];

    static RegexClasses()
    {
        Array.Fill(Classes, (byte)UnicodeCategory.OtherNotAssigned);
        foreach (var fields in CodePointTable.Read("RegexClasses.txt"))
        foreach (var codePoint in CodePointTable.Range(fields))
            if (fields[0] == "digit")
                Classes[codePoint] |= DigitFlag;
            else
                Classes[codePoint] = (byte)Array.IndexOf(Names, fields[0]);
    }

    /// <summary>What \p{..} matches, by its name: a category as Lu, or all those that begin with L; null where there is none of this name.</summary>
    public static Func<int, bool>? Property(string name)
    {
        var categories = Names
            .Select((category, i) => (category, i))
            .Where(pair =>
                name.Length is 1 or 2 && pair.category.StartsWith(name, StringComparison.Ordinal)
            )
            .Select(pair => pair.i)
            .ToHashSet();
        return categories.Count == 0 ? null : codePoint => categories.Contains(Category(codePoint));
    }

    /// <summary>\d</summary>
    public static bool IsDecimal(int codePoint) =>
        Category(codePoint) == (int)UnicodeCategory.DecimalDigitNumber;

    /// <summary>What the pre-tokenizer Digits takes for one.</summary>
    public static bool IsDigit(int codePoint) => (Classes[codePoint] & DigitFlag) != 0;

    /// <summary>\s</summary>
    public static bool IsWhiteSpace(int codePoint) =>
        UnicodeTables.Has(codePoint, CodePointTraits.WhiteSpace);

    /// <summary>\w as Rust reads it.</summary>
    public static bool IsWord(int codePoint) =>
        UnicodeTables.Has(codePoint, CodePointTraits.WordCharacter);

    /// <summary>[\w] as Oniguruma reads it, which does not take the joiners for part of a word.</summary>
    public static bool IsWordInBrackets(int codePoint) =>
        IsWord(codePoint) && codePoint is not ('\u200C' or '\u200D');

    /// <summary>\w as Oniguruma reads it outside brackets, where the numbers among Latin-1's signs (² or ½) belong to words.</summary>
    public static bool IsWordOutsideBrackets(int codePoint) =>
        IsWordInBrackets(codePoint)
        || codePoint <= Superscript && Category(codePoint) == (int)UnicodeCategory.OtherNumber;

    private static int Category(int codePoint) => Classes[codePoint] & ~DigitFlag;
}
