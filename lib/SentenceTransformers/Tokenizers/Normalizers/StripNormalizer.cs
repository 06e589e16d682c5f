namespace SentenceTransformers;

/// <summary>Takes white space away at the beginning, the end, or both.</summary>
internal sealed class StripNormalizer(bool left, bool right) : INormalizer
{
    public SourcedText Normalize(SourcedText text)
    {
        var (start, end) = (0, text.Length);
        while (left && start < end && IsWhiteSpace(text.Text[start]))
            start++;
        while (right && end > start && IsWhiteSpace(text.Text[end - 1]))
            end--;
        return text.Slice(start, end);
    }

    // No white space lies above U+FFFF.
    private static bool IsWhiteSpace(char unit) =>
        UnicodeTables.Has(unit, CodePointTraits.WhiteSpace);
}
