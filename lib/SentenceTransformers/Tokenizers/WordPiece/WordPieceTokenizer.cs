namespace SentenceTransformers;

/// <summary>BERT's tokenizer: cleaned text, words, and for each word the longest pieces that the vocabulary has.</summary>
/// <remarks>
/// Gives what the Rust crate <c>tokenizers</c> 0.22.2 gives, which is what sentence-transformers uses; safe to use
/// from many threads. A lone surrogate counts as U+FFFD and so, with BERT's cleaning, as nothing.
/// </remarks>
public sealed class WordPieceTokenizer : Tokenizer
{
    private readonly Vocabulary vocabulary;
    private readonly Dictionary<string, int> addedIds;
    private readonly Dictionary<int, string> addedTokens;
    private readonly HashSet<string> specialTokens;
    private readonly BertNormalizer normalizer;
    private readonly WordPieceScanner scanner;
    private readonly TokenTemplate single;
    private readonly TokenTemplate pair;
    private readonly WordPieceDecoder decoder;

    internal WordPieceTokenizer(
        BertNormalizer normalizer,
        WordPieceModel model,
        IReadOnlyList<AddedToken> added,
        TokenTemplate single,
        TokenTemplate pair,
        WordPieceDecoder decoder,
        int padTokenId,
        int? modelMaxLength
    )
    {
        vocabulary = model.Vocabulary;
        addedIds = added.ToDictionary(token => token.Content, token => token.Id);
        addedTokens = added.ToDictionary(token => token.Id, token => token.Content);
        specialTokens = [.. added.Where(token => token.Special).Select(token => token.Content)];
        this.normalizer = normalizer;
        scanner = new WordPieceScanner(normalizer, model, added);
        this.single = single;
        this.pair = pair;
        this.decoder = decoder;
        PadTokenId = padTokenId;
        UnknownTokenId = model.UnknownId;
        ModelMaxLength = modelMaxLength;
        VocabularySize = added.Aggregate(
            vocabulary.Size,
            (size, token) => Math.Max(size, token.Id + 1)
        );
    }

    /// <inheritdoc/>
    public override int? PadTokenId { get; }

    /// <inheritdoc/>
    public override int? UnknownTokenId { get; }

    /// <inheritdoc/>
    public override int VocabularySize { get; }

    /// <inheritdoc/>
    public override int? ModelMaxLength { get; }

    /// <summary>The model's own tokens and their ids, without those that were added to them.</summary>
    public IReadOnlyDictionary<string, int> Vocabulary => vocabulary.Ids;

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
            ? single.Apply([Tokens(text)], maxLength, truncation, TruncationSide)
            : this.pair.Apply([Tokens(text), Tokens(pair)], maxLength, truncation, TruncationSide);
    }

    /// <summary>Writes the ids of a text, special tokens included and uncut, without allocating memory.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">
    /// Takes the ids; 3 for each UTF-16 code unit and the template's special tokens are always enough.
    /// </param>
    /// <returns>How many ids were written; the same as <see cref="Encode"/> gives.</returns>
    /// <exception cref="ArgumentException">The destination is too short; the message says how many ids there are.</exception>
    /// <remarks>Text whose words change by normalization, such as accents to be stripped, goes through a buffer that each thread keeps.</remarks>
    public int EncodeIds(ReadOnlySpan<char> text, Span<int> destination)
    {
        var sink = new IdSink(destination);
        foreach (var piece in single.Pieces)
            if (piece.Text is null)
                sink.Add(piece.Id, 0, 0);
            else
                scanner.Tokenize(text, ref sink);
        return sink.Count <= destination.Length
            ? sink.Count
            : throw new ArgumentException(
                $"the text has {sink.Count:N0} ids, the destination holds {destination.Length:N0}",
                nameof(destination)
            );
    }

    /// <summary>The words of a text as WordPiece gets to see them: normalized, and split at white space and punctuation.</summary>
    public IReadOnlyList<string> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return scanner.Words(text);
    }

    /// <inheritdoc/>
    public override string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return normalizer.Normalize(text);
    }

    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids, bool skipSpecialTokens = true) =>
        decoder.Decode(
            ids.Select(IdToToken)
                .OfType<string>()
                .Where(token => !skipSpecialTokens || !specialTokens.Contains(token))
        );

    /// <inheritdoc/>
    public override bool IsSpecial(int id) =>
        IdToToken(id) is { } token && specialTokens.Contains(token);

    /// <inheritdoc/>
    public override int? TokenToId(string token) =>
        addedIds.TryGetValue(token, out var id) ? id : vocabulary.IdOf(token);

    /// <inheritdoc/>
    public override string? IdToToken(int id) =>
        addedTokens.TryGetValue(id, out var token) ? token : vocabulary.TokenOf(id);

    private List<FoundToken> Tokens(string text)
    {
        var sink = new TokenSink(vocabulary);
        scanner.Tokenize(text, ref sink);
        return sink.Tokens;
    }
}
