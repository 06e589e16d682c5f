namespace SentenceTransformers;

/// <summary>Cuts at what a pattern matches, or (inverted) at what it does not.</summary>
/// <remarks>After <c>NormalizedString::split</c> of Hugging Face tokenizers.</remarks>
internal sealed class SplitPreTokenizer(
    ITextPattern pattern,
    SplitBehavior behavior,
    bool invert = false
) : IPreTokenizer
{
    public IEnumerable<SourcedText> Split(SourcedText text)
    {
        var matches = pattern
            .Matches(text.Text)
            .Select(match => match with { IsMatch = match.IsMatch != invert });
        return Pieces(matches).Select(piece => text.Slice(piece.Start, piece.End));
    }

    private IEnumerable<TextMatch> Pieces(IEnumerable<TextMatch> matches) =>
        behavior switch
        {
            SplitBehavior.Removed => matches.Where(match => !match.IsMatch),
            SplitBehavior.Isolated => matches,
            SplitBehavior.Contiguous => Merge(matches, (previous, match) => previous == match),
            SplitBehavior.MergedWithPrevious => Merge(
                matches,
                (previous, match) => match && !previous
            ),
            // The same, read from the end.
            _ => Enumerable.Reverse(
                Merge(matches.Reverse(), (previous, match) => match && !previous)
            ),
        };

    // Joins a stretch to the one read before it where asked, given whether each is a match.
    private static List<TextMatch> Merge(
        IEnumerable<TextMatch> matches,
        Func<bool, bool, bool> joins
    )
    {
        var pieces = new List<TextMatch>();
        var previous = false;
        foreach (var match in matches)
        {
            if (pieces.Count > 0 && joins(previous, match.IsMatch))
                pieces[^1] = new(
                    Math.Min(pieces[^1].Start, match.Start),
                    Math.Max(pieces[^1].End, match.End),
                    false
                );
            else
                pieces.Add(match);
            previous = match.IsMatch;
        }
        return pieces;
    }
}
