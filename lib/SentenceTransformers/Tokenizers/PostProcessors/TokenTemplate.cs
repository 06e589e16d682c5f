using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>Where special tokens go around a text, or a pair of texts, such as [CLS] A [SEP] B [SEP].</summary>
/// <remarks>After <c>processors/template.rs</c> of Hugging Face tokenizers.</remarks>
internal sealed class TokenTemplate(TokenTemplate.Piece[] pieces)
{
    /// <summary>The text with this index, or, when that is null, one special token.</summary>
    internal readonly record struct Piece(int? Text, int Id, string Token, int TypeId);

    public ReadOnlySpan<Piece> Pieces => pieces;

    /// <summary>How many special tokens it adds.</summary>
    public int SpecialTokens { get; } = pieces.Count(piece => piece.Text is null);

    /// <summary>[CLS] A [SEP], or with a second text [CLS] A [SEP] B [SEP] where the latter two have type 1.</summary>
    public static TokenTemplate Bert(
        (string Token, int Id) cls,
        (string Token, int Id) sep,
        bool isPair
    )
    {
        Piece[] single =
        [
            new(null, cls.Id, cls.Token, 0),
            new(0, 0, "", 0),
            new(null, sep.Id, sep.Token, 0),
        ];
        Piece[] second = [new(1, 0, "", 1), new(null, sep.Id, sep.Token, 1)];
        return new TokenTemplate(isPair ? [.. single, .. second] : single);
    }

    /// <summary>No special tokens; a second text has type 1.</summary>
    public static TokenTemplate Plain(bool isPair)
    {
        Piece first = new(0, 0, "", 0);
        return new TokenTemplate(isPair ? [first, new(1, 0, "", 1)] : [first]);
    }

    /// <summary>RoBERTa's &lt;s&gt; A &lt;/s&gt;, with a second text &lt;s&gt; A &lt;/s&gt;&lt;/s&gt; B &lt;/s&gt;; all types are 0.</summary>
    public static TokenTemplate Roberta(
        (string Token, int Id) cls,
        (string Token, int Id) sep,
        bool isPair
    )
    {
        Piece begin = new(null, cls.Id, cls.Token, 0);
        Piece end = new(null, sep.Id, sep.Token, 0);
        return new TokenTemplate(
            isPair
                ? [begin, new(0, 0, "", 0), end, end, new(1, 0, "", 0), end]
                : [begin, new(0, 0, "", 0), end]
        );
    }

    /// <summary>Lays out the tokens of the texts, cut so that all is at most so long.</summary>
    /// <param name="texts">The tokens; as many texts as the template has, one or two.</param>
    /// <param name="maxLength">The most tokens, special tokens included; null for no limit.</param>
    /// <param name="truncation">Which text gives way.</param>
    /// <param name="side">At which of its ends.</param>
    /// <exception cref="ArgumentException">The limit cannot be met, as with the reference.</exception>
    public TokenEncoding Apply(
        List<FoundToken>[] texts,
        int? maxLength,
        TruncationStrategy truncation,
        TruncationSide side
    )
    {
        var lengths = Lengths(texts, maxLength, truncation);
        var count = SpecialTokens + lengths.Sum();
        var (ids, typeIds) = (new int[count], new int[count]);
        var (tokens, offsets) = (new string[count], new (int, int)[count]);
        var next = 0;
        foreach (var piece in pieces)
        {
            if (piece.Text is not { } text)
            {
                Add(piece.Id, piece.Token, 0, 0, piece.TypeId);
                continue;
            }
            var first = side == TruncationSide.Left ? texts[text].Count - lengths[text] : 0;
            foreach (
                var token in CollectionsMarshal.AsSpan(texts[text]).Slice(first, lengths[text])
            )
                Add(token.Id, token.Text, token.Start, token.End, piece.TypeId);
        }
        return new TokenEncoding(ids, typeIds, tokens, offsets);

        void Add(int id, string token, int start, int end, int typeId)
        {
            ids[next] = id;
            typeIds[next] = typeId;
            tokens[next] = token;
            offsets[next++] = (start, end);
        }
    }

    private int[] Lengths(List<FoundToken>[] texts, int? maxLength, TruncationStrategy truncation)
    {
        if (maxLength is not { } limit)
            return [.. texts.Select(text => text.Count)];
        if (limit < SpecialTokens)
            throw new ArgumentException(
                $"a limit of {limit} cannot hold the {SpecialTokens} special tokens",
                nameof(maxLength)
            );
        var (first, second) = Truncation.Lengths(
            texts[0].Count,
            texts.Length > 1 ? texts[1].Count : null,
            limit - SpecialTokens,
            truncation
        );
        return texts.Length > 1 ? [first, second] : [first];
    }
}
