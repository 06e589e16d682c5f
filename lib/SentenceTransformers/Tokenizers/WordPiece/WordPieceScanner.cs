namespace SentenceTransformers;

/// <summary>Text to word pieces: added tokens, normalizer, pre-tokenizer and model in one pass.</summary>
/// <remarks>
/// Most words are found by their characters' classes alone and matched where they stand. Only stretches
/// that normalization would change are normalized, into a buffer kept for each thread.
/// </remarks>
internal sealed class WordPieceScanner
{
    // A buffer that grew beyond this is not kept: about a megabyte.
    private const int KeptCapacity = 1 << 16;

    // A longer run with capitals takes the general way, which has no limit.
    private const int LowercaseBuffer = 128;

    [ThreadStatic]
    private static NormalizedText? buffer;

    private readonly BertNormalizer normalizer;
    private readonly CharacterClasses classes;
    private readonly WordPieceModel model;
    private readonly AddedTokens rawTokens;
    private readonly AddedTokens normalizedTokens;

    public WordPieceScanner(
        BertNormalizer normalizer,
        WordPieceModel model,
        IReadOnlyList<AddedToken> added
    )
    {
        this.normalizer = normalizer;
        this.model = model;
        classes = new CharacterClasses(normalizer);
        rawTokens = new AddedTokens(
            added.Where(token => !token.Normalized).Select(token => (token, token.Content))
        );
        normalizedTokens = new AddedTokens(
            added
                .Where(token => token.Normalized)
                .Select(token => (token, normalizer.Normalize(token.Content)))
        );
    }

    /// <summary>Adds the tokens of a text to a sink, without special tokens around it.</summary>
    public void Tokenize<TSink>(scoped ReadOnlySpan<char> text, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        var splits = new AddedTokenSplits(rawTokens, text);
        while (splits.MoveNext())
        {
            var piece = text[splits.Start..splits.End];
            if (splits.Token is { } token)
                sink.AddAdded(token.Id, piece, splits.Start, splits.End);
            else if (normalizedTokens.IsEmpty)
                Scan(piece, splits.Start, ref sink);
            else
                Normalize(piece, splits.Start, ref sink);
        }
    }

    /// <summary>The words that the model sees, added tokens among them.</summary>
    public List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var normalized = new NormalizedText();
        var splits = new AddedTokenSplits(rawTokens, text);
        while (splits.MoveNext())
        {
            if (splits.Token is { } token)
            {
                words.Add(token.Content);
                continue;
            }
            normalizer.Normalize(text[splits.Start..splits.End], 0, normalized);
            var inner = new AddedTokenSplits(normalizedTokens, normalized.Characters);
            while (inner.MoveNext())
            {
                if (inner.Token is { } normalizedToken)
                {
                    words.Add(normalizedToken.Content);
                    continue;
                }
                var piece = normalized.Characters[inner.Start..inner.End];
                for (var end = 0; BertPreTokenizer.NextWord(piece, out var start, ref end); )
                    words.Add(piece[start..end].ToString());
            }
        }
        return words;
    }

    private void Scan<TSink>(scoped ReadOnlySpan<char> text, int origin, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        Span<char> lower = stackalloc char[LowercaseBuffer];
        for (var i = 0; i < text.Length; )
        {
            var start = i;
            var kind = classes[text[i++]];
            if (kind == CharacterClasses.Space)
                continue;
            if (kind == CharacterClasses.Single)
            {
                model.Tokenize(text[start..i], new SourceMap(origin + start), ref sink);
                continue;
            }
            while (i < text.Length && classes[text[i]] is var next and < CharacterClasses.Space)
            {
                kind |= next;
                i++;
            }
            scoped var run = text[start..i];
            if (kind == CharacterClasses.Capital && run.Length <= LowercaseBuffer)
            {
                for (var k = 0; k < run.Length; k++)
                    lower[k] = char.IsAsciiLetterUpper(run[k]) ? (char)(run[k] | 0x20) : run[k];
                run = lower[..run.Length];
                kind = CharacterClasses.Word;
            }
            if (kind == CharacterClasses.Word)
                model.Tokenize(run, new SourceMap(origin + start), ref sink);
            else
                Normalize(run, origin + start, ref sink);
        }
    }

    private void Normalize<TSink>(scoped ReadOnlySpan<char> text, int origin, ref TSink sink)
        where TSink : ITokenSink, allows ref struct
    {
        var normalized = buffer ??= new NormalizedText();
        normalizer.Normalize(text, origin, normalized);
        var splits = new AddedTokenSplits(normalizedTokens, normalized.Characters);
        while (splits.MoveNext())
        {
            var piece = normalized.Characters[splits.Start..splits.End];
            if (splits.Token is { } token)
            {
                var source = new SourceMap(normalized, splits.Start, splits.End);
                sink.AddAdded(token.Id, piece, source.Start(0), source.End(piece.Length));
                continue;
            }
            for (var end = 0; BertPreTokenizer.NextWord(piece, out var start, ref end); )
                model.Tokenize(
                    piece[start..end],
                    new SourceMap(normalized, splits.Start + start, splits.Start + end),
                    ref sink
                );
        }
        if (normalized.Capacity > KeptCapacity)
            buffer = null;
    }
}
