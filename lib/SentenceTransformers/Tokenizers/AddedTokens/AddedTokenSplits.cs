namespace SentenceTransformers;

/// <summary>Walks through a text: what lies between added tokens, and the added tokens themselves.</summary>
internal ref struct AddedTokenSplits(AddedTokens tokens, ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;
    private int searched;
    private int consumed;
    private AddedToken? found;
    private int foundStart;
    private int foundEnd;

    /// <summary>The added token of this piece, or null for text between.</summary>
    public AddedToken? Token { get; private set; }

    /// <summary>Where the piece begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the piece ends, exclusive.</summary>
    public int End { get; private set; }

    /// <summary>Goes to the next piece; false at the end.</summary>
    public bool MoveNext()
    {
        while (found is null)
        {
            found = tokens.FindNext(text, ref searched, out foundStart, out foundEnd);
            if (found is null)
                return Move(null, consumed, text.Length);
            Strip(found);
            if (foundStart >= foundEnd) // white space that the token before took along
                found = null;
            else if (foundStart > consumed)
                return Move(null, consumed, foundStart);
        }
        var token = found;
        found = null;
        return Move(token, foundStart, foundEnd);
    }

    private void Strip(AddedToken token)
    {
        if (token.LeftStrip)
        {
            while (foundStart > consumed && IsWhiteSpace(text[foundStart - 1]))
                foundStart--;
            foundStart = Math.Max(foundStart, consumed);
        }
        if (token.RightStrip)
            while (foundEnd < text.Length && IsWhiteSpace(text[foundEnd]))
                foundEnd++;
    }

    private bool Move(AddedToken? token, int start, int end)
    {
        (Token, Start, End) = (token, start, end);
        consumed = end;
        return start < end;
    }

    // No white space lies above U+FFFF.
    private static bool IsWhiteSpace(char unit) =>
        UnicodeTables.Has(unit, CodePointTraits.WhiteSpace);
}
