namespace SentenceTransformers;

/// <summary>A tokenizer put together from its stages, as tokenizer.json lists them: normalizer, pre-tokenizer, model, post-processor, decoder.</summary>
/// <remarks>
/// Gives what the Rust crate <c>tokenizers</c> 0.22.2 gives, which is what sentence-transformers uses; safe to use from
/// many threads. BERT's own combination has a faster one, <see cref="WordPieceTokenizer"/>.
/// </remarks>
internal sealed class PipelineTokenizer : Tokenizer
{
    private readonly INormalizer? normalizer;
    private readonly IPreTokenizer? preTokenizer;
    private readonly ITokenModel model;
    private readonly PostProcessor postProcessor;
    private readonly IDecoder? decoder;
    private readonly AddedTokens rawTokens;
    private readonly AddedTokens normalizedTokens;
    private readonly Dictionary<string, int> addedIds;
    private readonly Dictionary<int, string> addedTokens;
    private readonly HashSet<string> specialTokens;

    /// <param name="normalizer">Changes the text between added tokens, or null.</param>
    /// <param name="preTokenizer">Cuts it into pieces, or null for one.</param>
    /// <param name="model">Finds the tokens of a piece.</param>
    /// <param name="added">Tokens that are found in the text as it stands.</param>
    /// <param name="postProcessor">Puts special tokens around.</param>
    /// <param name="decoder">Turns tokens into text, or null to put spaces between them.</param>
    /// <param name="padToken">The token that fills a batch's shorter rows, or null where there is none.</param>
    /// <param name="modelMaxLength">The most tokens the model was made for.</param>
    public PipelineTokenizer(
        INormalizer? normalizer,
        IPreTokenizer? preTokenizer,
        ITokenModel model,
        IReadOnlyList<AddedToken> added,
        PostProcessor postProcessor,
        IDecoder? decoder,
        string? padToken,
        int? modelMaxLength
    )
    {
        this.normalizer = normalizer;
        this.preTokenizer = preTokenizer;
        this.model = model;
        this.postProcessor = postProcessor;
        this.decoder = decoder;
        rawTokens = new AddedTokens(
            added.Where(token => !token.Normalized).Select(token => (token, token.Content))
        );
        normalizedTokens = new AddedTokens(
            added
                .Where(token => token.Normalized)
                .Select(token => (token, Normalize(token.Content)))
        );
        addedIds = added.ToDictionary(token => token.Content, token => token.Id);
        addedTokens = added.ToDictionary(token => token.Id, token => token.Content);
        specialTokens = [.. added.Where(token => token.Special).Select(token => token.Content)];
        VocabularySize = added.Aggregate(
            model.VocabularySize,
            (size, token) => Math.Max(size, token.Id + 1)
        );
        PadTokenId = padToken is null ? null : TokenToId(padToken);
        ModelMaxLength = modelMaxLength;
    }

    /// <inheritdoc/>
    public override int? PadTokenId { get; }

    /// <inheritdoc/>
    public override int? UnknownTokenId => model.UnknownId;

    /// <inheritdoc/>
    public override int VocabularySize { get; }

    /// <inheritdoc/>
    public override int? ModelMaxLength { get; }

    /// <inheritdoc/>
    public override TokenEncoding Encode(
        string text,
        string? pair = null,
        int? maxLength = null,
        TruncationStrategy truncation = TruncationStrategy.LongestFirst
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        return pair is null
            ? postProcessor.Single.Apply([Tokenize(text)], maxLength, truncation, TruncationSide)
            : postProcessor.Pair.Apply(
                [Tokenize(text), Tokenize(pair)],
                maxLength,
                truncation,
                TruncationSide
            );
    }

    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids, bool skipSpecialTokens = true)
    {
        var tokens = ids.Select(IdToToken)
            .OfType<string>()
            .Where(token => !skipSpecialTokens || !specialTokens.Contains(token))
            .ToList();
        return decoder is null ? string.Join(' ', tokens) : string.Concat(decoder.Decode(tokens));
    }

    /// <inheritdoc/>
    public override bool IsSpecial(int id) =>
        IdToToken(id) is { } token && specialTokens.Contains(token);

    /// <inheritdoc/>
    public override int? TokenToId(string token) =>
        addedIds.TryGetValue(token, out var id) ? id : model.IdOf(token);

    /// <inheritdoc/>
    public override string? IdToToken(int id) =>
        addedTokens.TryGetValue(id, out var token) ? token : model.TokenOf(id);

    /// <inheritdoc/>
    public override string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return normalizer is null ? text : normalizer.Normalize(SourcedText.From(text, 0)).Text;
    }

    private List<FoundToken> Tokenize(string text)
    {
        var tokens = new List<FoundToken>();
        var found = new List<ModelToken>();
        var splits = new AddedTokenSplits(rawTokens, text);
        while (splits.MoveNext())
            if (splits.Token is { } added)
                tokens.Add(
                    new FoundToken(
                        added.Id,
                        text[splits.Start..splits.End],
                        splits.Start,
                        splits.End
                    )
                );
            else
                TokenizeBetween(
                    SourcedText.From(text.AsSpan(splits.Start..splits.End), splits.Start),
                    tokens,
                    found
                );
        foreach (var trimming in postProcessor.Trimmings)
            trimming.Apply(text, tokens);
        return tokens;
    }

    private void TokenizeBetween(SourcedText text, List<FoundToken> tokens, List<ModelToken> found)
    {
        var normalized = normalizer?.Normalize(text) ?? text;
        var splits = new AddedTokenSplits(normalizedTokens, normalized.Text);
        while (splits.MoveNext())
        {
            var part = normalized.Slice(splits.Start, splits.End);
            if (splits.Token is { } added)
            {
                tokens.Add(
                    new FoundToken(added.Id, part.Text, part.Start(0), part.End(part.Length - 1))
                );
                continue;
            }
            foreach (var piece in preTokenizer?.Split(part) ?? [part])
            {
                if (piece.Length == 0)
                    continue;
                found.Clear();
                model.Tokenize(piece.Text, found);
                foreach (var token in found)
                    tokens.Add(
                        new FoundToken(
                            token.Id,
                            Spelling(token, piece.Text),
                            piece.Start(token.Start),
                            piece.End(token.End - 1)
                        )
                    );
            }
        }
    }

    private string Spelling(ModelToken token, string piece) =>
        token.Id == model.UnknownId && model.SpellsUnknown
            ? piece[token.Start..token.End]
            : model.TokenOf(token.Id)!;
}
