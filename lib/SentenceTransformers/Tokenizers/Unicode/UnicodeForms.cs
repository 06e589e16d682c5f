using System.Globalization;

namespace SentenceTransformers;

/// <summary>Composition and compatibility decomposition as the reference knows them, whatever Unicode version the machine has.</summary>
/// <remarks>Read once, when a tokenizer first asks, from the embedded UnicodeForms.txt, whose header says where the facts come from.</remarks>
internal static class UnicodeForms
{
    // The Unicode Standard, section 3.12: syllables are computed, 19 leading consonants x 21 vowels x 27 trailing ones or none.
    private const int FirstSyllable = 0xAC00;
    private const int FirstLeading = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeTrailing = 0x11A7;
    private const int Syllables = 19 * 21 * 28;

    private static readonly Dictionary<int, int[]> Compatible = [];
    private static readonly HashSet<int> Accents = [];
    private static readonly Dictionary<(int First, int Second), int> Pairs = [];

    static UnicodeForms()
    {
        var excluded = new HashSet<int>();
        foreach (var fields in CodePointTable.Read("UnicodeForms.txt"))
            if (fields[0] == "compatible")
                Compatible[CodePointTable.Number(fields[1])] =
                [
                    .. fields[2..].Select(CodePointTable.Number),
                ];
            else
                (fields[0] == "accent" ? Accents : excluded).UnionWith(
                    CodePointTable.Range(fields)
                );
        AddPairs(excluded);
    }

    /// <summary>Whether a code point is a combining mark, which StripAccents deletes.</summary>
    public static bool IsAccent(int codePoint) => Accents.Contains(codePoint);

    /// <summary>The full decomposition of one code point: canonical (NFD), or with compatibility (NFKD).</summary>
    public static ReadOnlySpan<int> Decompose(int codePoint, bool compatible, Span<int> buffer) =>
        compatible && Compatible.TryGetValue(codePoint, out var parts)
            ? parts
            : buffer[..UnicodeTables.Decompose(codePoint, buffer)];

    /// <summary>The code point that two adjacent ones compose to, or null.</summary>
    public static int? Compose(int first, int second)
    {
        if (
            first is >= FirstLeading and < FirstLeading + 19
            && second is >= FirstVowel and < FirstVowel + 21
        )
            return FirstSyllable + ((first - FirstLeading) * 21 + second - FirstVowel) * 28;
        if (
            first is >= FirstSyllable and < FirstSyllable + Syllables
            && (first - FirstSyllable) % 28 == 0
            && second is > BeforeTrailing and < BeforeTrailing + 28
        )
            return first + second - BeforeTrailing;
        return Pairs.TryGetValue((first, second), out var composed) ? composed : null;
    }

    // A character of a full decomposition a b c is composed step by step: (a b) first, then with c.
    private static void AddPairs(HashSet<int> excluded)
    {
        var byParts = new Dictionary<string, int>();
        var canonical = UnicodeTables
            .Decomposable.Where(codePoint => !excluded.Contains(codePoint))
            .ToArray();
        Span<int> buffer = stackalloc int[4];
        foreach (var codePoint in canonical)
            byParts[Key(buffer[..UnicodeTables.Decompose(codePoint, buffer)])] = codePoint;
        foreach (var codePoint in canonical)
        {
            var parts = buffer[..UnicodeTables.Decompose(codePoint, buffer)];
            if (parts.Length == 2)
                Pairs[(parts[0], parts[1])] = codePoint;
            else if (parts.Length > 2 && byParts.TryGetValue(Key(parts[..^1]), out var first))
                Pairs[(first, parts[^1])] = codePoint;
        }
    }

    private static string Key(ReadOnlySpan<int> parts) =>
        string.Join(
            ' ',
            parts.ToArray().Select(part => part.ToString(CultureInfo.InvariantCulture))
        );
}
