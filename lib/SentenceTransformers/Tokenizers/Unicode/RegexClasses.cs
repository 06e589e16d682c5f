namespace SentenceTransformers;

/// <summary>The character classes of the reference's regular expressions, whatever Unicode version the machine has.</summary>
/// <remarks>Read once, when a tokenizer first asks, from the embedded RegexClasses.txt, whose header says where the facts come from.</remarks>
internal static class RegexClasses
{
    private static readonly byte[] Classes = new byte[0x110000];
    private const byte Letter = 1;
    private const byte Number = 2;
    private const byte Digit = 4;

    static RegexClasses()
    {
        foreach (var fields in CodePointTable.Read("RegexClasses.txt"))
        {
            var trait = fields[0] switch
            {
                "letter" => Letter,
                "number" => Number,
                _ => Digit,
            };
            foreach (var codePoint in CodePointTable.Range(fields))
                Classes[codePoint] |= trait;
        }
    }

    /// <summary>\p{L}</summary>
    public static bool IsLetter(int codePoint) => (Classes[codePoint] & Letter) != 0;

    /// <summary>\p{N}</summary>
    public static bool IsNumber(int codePoint) => (Classes[codePoint] & Number) != 0;

    /// <summary>What the pre-tokenizer Digits takes for one.</summary>
    public static bool IsDigit(int codePoint) => (Classes[codePoint] & Digit) != 0;

    /// <summary>\s</summary>
    public static bool IsWhiteSpace(int codePoint) =>
        UnicodeTables.Has(codePoint, CodePointTraits.WhiteSpace);

    /// <summary>\w</summary>
    public static bool IsWord(int codePoint) =>
        UnicodeTables.Has(codePoint, CodePointTraits.WordCharacter);
}
