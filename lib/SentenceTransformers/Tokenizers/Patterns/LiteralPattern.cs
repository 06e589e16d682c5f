namespace SentenceTransformers;

/// <summary>Finds a text as it is spelled; an empty one is found nowhere.</summary>
internal sealed class LiteralPattern(string literal) : ITextPattern
{
    public IEnumerable<TextMatch> Matches(string text)
    {
        var start = 0;
        while (
            literal.Length > 0
            && text.IndexOf(literal, start, StringComparison.Ordinal) is var found and >= 0
        )
        {
            if (found > start)
                yield return new(start, found, false);
            yield return new(found, found + literal.Length, true);
            start = found + literal.Length;
        }
        if (start < text.Length)
            yield return new(start, text.Length, false);
    }
}
