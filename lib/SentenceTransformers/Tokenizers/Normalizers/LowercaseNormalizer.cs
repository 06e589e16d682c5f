namespace SentenceTransformers;

/// <summary>Lower case, each code point by itself (no final sigma).</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    public SourcedText Normalize(SourcedText text) => text.Transform(Lower(text.Text));

    private static IEnumerable<(int CodePoint, int Change)> Lower(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var lower = UnicodeTables.ToLower(rune.Value).ToArray();
            if (lower.Length == 0)
                yield return (rune.Value, 0);
            for (var i = 0; i < lower.Length; i++)
                yield return (lower[i], i == 0 ? 0 : 1);
        }
    }
}
