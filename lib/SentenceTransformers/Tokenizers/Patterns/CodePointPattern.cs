namespace SentenceTransformers;

/// <summary>Finds single code points of a kind.</summary>
internal sealed class CodePointPattern(Func<int, bool> isMatch) : ITextPattern
{
    public IEnumerable<TextMatch> Matches(string text)
    {
        var (start, position) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var end = position + rune.Utf16SequenceLength;
            if (isMatch(rune.Value))
            {
                if (position > start)
                    yield return new(start, position, false);
                yield return new(position, end, true);
                start = end;
            }
            position = end;
        }
        if (start < text.Length)
            yield return new(start, text.Length, false);
    }
}
