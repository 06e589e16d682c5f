using System.Buffers;
using Microsoft.ML.Tokenizers;
using Tokenizer = SentenceTransformers.Tokenizer;

namespace Workbook.Packages;

/// <summary>Our tokenizer in the place of one of Microsoft.ML.Tokenizers, for code that takes such a one: the reference's ids, and counts.</summary>
/// <param name="tokenizer">The tokenizer that does the work.</param>
/// <param name="addSpecialTokens">Whether each text gets the model's special tokens, such as [CLS] and [SEP].</param>
/// <remarks>A limit cuts the text's tokens as the reference does, the special tokens within it; offsets are into the text as given.</remarks>
public sealed class WorkbookTokenizer(Tokenizer tokenizer, bool addSpecialTokens = true)
    : Microsoft.ML.Tokenizers.Tokenizer
{
    private readonly SpecialTokenFrame frame = new(tokenizer);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Normalization or pre-tokenization is to be left out, which a model's tokenizer cannot.</exception>
    protected override EncodeResults<EncodedToken> EncodeToTokens(
        string? text,
        ReadOnlySpan<char> textSpan,
        EncodeSettings settings
    )
    {
        if (!settings.ConsiderNormalization || !settings.ConsiderPreTokenization)
            throw new NotSupportedException(
                "a model's tokenizer always normalizes and splits into words first"
            );
        text ??= textSpan.ToString();
        var around = addSpecialTokens ? 0 : frame.Count(isPair: false);
        // A limit of int.MaxValue is none.
        int? limit =
            settings.MaxTokenCount < int.MaxValue - around ? settings.MaxTokenCount + around : null;
        var encoding = tokenizer.Encode(text, maxLength: limit);
        var tokens = Enumerable
            .Range(0, encoding.Length)
            .Select(i => new EncodedToken(
                encoding.Ids[i],
                encoding.Tokens[i],
                encoding.Offsets[i].Start..encoding.Offsets[i].End
            ));
        if (!addSpecialTokens)
            tokens = tokens.Take(frame.Before..^frame.After);
        EncodedToken[] kept = [.. tokens];
        var whole = limit is null || tokenizer.Encode(text).Length == encoding.Length;
        return new()
        {
            Tokens = kept,
            CharsConsumed = whole
                ? text.Length
                : kept.Select(token => token.Offset.End.Value).DefaultIfEmpty().Max(),
        };
    }

    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids) => tokenizer.Decode(ids);

    /// <inheritdoc/>
    public override OperationStatus Decode(
        IEnumerable<int> ids,
        Span<char> destination,
        out int idsConsumed,
        out int charsWritten
    )
    {
        int[] all = [.. ids];
        var text = tokenizer.Decode(all);
        (idsConsumed, charsWritten) = (0, 0);
        if (!text.TryCopyTo(destination))
            return OperationStatus.DestinationTooSmall;
        (idsConsumed, charsWritten) = (all.Length, text.Length);
        return OperationStatus.Done;
    }
}
