using Microsoft.ML.Tokenizers;
using SentenceTransformers;
using Token = Workbook.Packages.SpecialTokenFrame.Token;
using Tokenizer = SentenceTransformers.Tokenizer;

namespace Workbook.Packages;

/// <summary>Microsoft.ML.Tokenizers in the place of our tokenizer: it cuts the text, with the options that come closest to the model's own.</summary>
/// <remarks>
/// Special tokens, the vocabulary and truncation are read and done as ours, for the package leaves them to its caller. Its ids
/// are not always the reference's, which is what there is to see: it drops symbols, for one, so "C++" is "C".
/// Offsets are into the text as the package has normalized it, which is the text itself where that changed nothing.
/// </remarks>
public sealed partial class MicrosoftTokenizer : Tokenizer
{
    private readonly Microsoft.ML.Tokenizers.Tokenizer inner;
    private readonly Tokenizer ours;
    private readonly SpecialTokenFrame frame;

    private MicrosoftTokenizer(Microsoft.ML.Tokenizers.Tokenizer inner, Tokenizer ours)
    {
        this.inner = inner;
        this.ours = ours;
        frame = new(ours);
    }

    /// <summary>The tokenizer of the package that does the work.</summary>
    public Microsoft.ML.Tokenizers.Tokenizer Inner => inner;

    /// <inheritdoc/>
    public override int? PadTokenId => ours.PadTokenId;

    /// <inheritdoc/>
    public override int? UnknownTokenId => ours.UnknownTokenId;

    /// <inheritdoc/>
    public override int VocabularySize => ours.VocabularySize;

    /// <inheritdoc/>
    public override int? ModelMaxLength => ours.ModelMaxLength;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The limit cannot be met; or the package refuses the text, as it does half a surrogate pair.</exception>
    public override TokenEncoding Encode(
        string text,
        string? pair = null,
        int? maxLength = null,
        TruncationStrategy truncation = TruncationStrategy.LongestFirst
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = Cut(text);
        var second = pair is null ? null : Cut(pair);
        if (maxLength is { } limit)
        {
            // The package's own limit stops at a word's end, where the reference keeps the word's first pieces.
            var budget = limit - frame.Count(isPair: pair is not null);
            ArgumentOutOfRangeException.ThrowIfNegative(budget, nameof(maxLength));
            var kept = Truncation.Lengths(first.Count, second?.Count, budget, truncation);
            first = Keep(first, kept.First);
            second = second is null ? null : Keep(second, kept.Second);
        }
        return frame.Around(first, second);
    }

    /// <inheritdoc/>
    public override string Normalize(string text) => inner.Normalizer?.Normalize(text) ?? text;

    /// <inheritdoc/>
    /// <remarks>A SentencePiece model of the package has no spelling for special tokens: they are left out in any case.</remarks>
    public override string Decode(IEnumerable<int> ids, bool skipSpecialTokens = true)
    {
        skipSpecialTokens |= inner is SentencePieceTokenizer;
        var known = ids.Where(id =>
            IdToToken(id) is not null && !(skipSpecialTokens && IsSpecial(id))
        );
        return inner.Decode(known.Select(ToPackage)) ?? "";
    }

    /// <inheritdoc/>
    public override int? TokenToId(string token) => ours.TokenToId(token);

    /// <inheritdoc/>
    public override bool IsSpecial(int id) => ours.IsSpecial(id);

    /// <inheritdoc/>
    public override string? IdToToken(int id) => ours.IdToToken(id);

    private List<Token> Cut(string text) =>
        [
            .. Pieces(text)
                .Select(piece => new Token(FromPackage(piece.Id), piece.Value, Span(piece))),
        ];

    private IReadOnlyList<EncodedToken> Pieces(string text) =>
        inner is SentencePieceTokenizer pieces
            ? pieces.EncodeToTokens(
                text,
                out _,
                addBeginningOfSentence: false,
                addEndOfSentence: false
            )
            : inner.EncodeToTokens(text, out _);

    private List<Token> Keep(List<Token> tokens, int count) =>
        TruncationSide == TruncationSide.Left ? tokens[^count..] : tokens[..count];

    private static (int, int) Span(EncodedToken token) =>
        (token.Offset.Start.Value, token.Offset.End.Value);
}
