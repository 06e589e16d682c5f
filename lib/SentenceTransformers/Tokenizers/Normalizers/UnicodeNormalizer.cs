namespace SentenceTransformers;

/// <summary>Unicode's normalization forms: NFC, NFD, NFKC, NFKD.</summary>
/// <remarks>
/// Not <see cref="string.Normalize()"/>: the reference has the tables of another Unicode version, .NET's does nothing
/// where it runs without culture data, and neither says where each character comes from.
/// </remarks>
/// <param name="compatible">Decompose also what only looks different, such as full-width letters (the K forms).</param>
/// <param name="compose">Compose again (the C forms).</param>
internal sealed class UnicodeNormalizer(bool compatible, bool compose) : INormalizer
{
    public SourcedText Normalize(SourcedText text)
    {
        var decomposed = Decompose(text.Text);
        return text.Transform(compose ? Compose(decomposed) : decomposed);
    }

    // Each with 0 where it opens a decomposition, and takes its place, or 1 where it is a further part; in canonical order.
    private List<(int CodePoint, int Change)> Decompose(string text)
    {
        var result = new List<(int CodePoint, int Change)>(text.Length);
        var marks = new List<(int CodePoint, int Change)>();
        Span<int> buffer = stackalloc int[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var change = 0;
            foreach (var part in UnicodeForms.Decompose(rune.Value, compatible, buffer))
            {
                if (UnicodeTables.CombiningClass(part) == 0)
                    Flush();
                (UnicodeTables.CombiningClass(part) == 0 ? result : marks).Add((part, change));
                change = 1;
            }
        }
        Flush();
        return result;

        void Flush()
        {
            result.AddRange(marks.OrderBy(mark => UnicodeTables.CombiningClass(mark.CodePoint)));
            marks.Clear();
        }
    }

    // The Unicode Standard, section 3.11. Where two compose, one of them is gone: its change is added, less one.
    private static List<(int CodePoint, int Change)> Compose(
        List<(int CodePoint, int Change)> parts
    )
    {
        var result = new List<(int CodePoint, int Change)>(parts.Count);
        var starter = -1; // its place in the result
        var lastClass = -1; // of what stands behind the starter; -1 for nothing
        foreach (var (codePoint, change) in parts)
        {
            var combiningClass = UnicodeTables.CombiningClass(codePoint);
            if (starter >= 0 && lastClass < combiningClass || starter >= 0 && lastClass == -1)
                if (UnicodeForms.Compose(result[starter].CodePoint, codePoint) is { } composed)
                {
                    result[starter] = (composed, result[starter].Change + change - 1);
                    continue;
                }
            if (combiningClass == 0)
                (starter, lastClass) = (result.Count, -1);
            else
                lastClass = combiningClass;
            result.Add((codePoint, change));
        }
        return result;
    }
}
