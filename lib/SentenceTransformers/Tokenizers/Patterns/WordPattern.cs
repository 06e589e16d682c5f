namespace SentenceTransformers;

/// <summary><c>\w+|[^\w\s]+</c>: runs of word characters, and runs of signs.</summary>
internal sealed class WordPattern : ITextPattern
{
    public IEnumerable<TextMatch> Matches(string text)
    {
        var (start, position, kind) = (0, 0, Kind.Space);
        foreach (var rune in text.EnumerateRunes())
        {
            var next =
                RegexClasses.IsWord(rune.Value) ? Kind.Word
                : RegexClasses.IsWhiteSpace(rune.Value) ? Kind.Space
                : Kind.Sign;
            if (next != kind && position > start)
            {
                yield return new(start, position, kind != Kind.Space);
                start = position;
            }
            kind = next;
            position += rune.Utf16SequenceLength;
        }
        if (position > start)
            yield return new(start, position, kind != Kind.Space);
    }

    private enum Kind
    {
        Space,
        Word,
        Sign,
    }
}
