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

    /// <summary>Lays out the tokens of the texts, each cut to its length.</summary>
    /// <param name="texts">The tokens; as many texts as the template has.</param>
    /// <param name="lengths">How many tokens of each text stay.</param>
    public TokenEncoding Apply(ReadOnlySpan<TokenSink> texts, ReadOnlySpan<int> lengths)
    {
        var count = SpecialTokens;
        foreach (var length in lengths)
            count += length;
        var (ids, typeIds) = (new int[count], new int[count]);
        var (tokens, offsets) = (new string[count], new (int, int)[count]);
        var next = 0;
        foreach (var piece in pieces)
        {
            if (piece.Text is not { } text)
                Add(piece.Id, piece.Token, 0, 0, piece.TypeId);
            else
                foreach (
                    var token in CollectionsMarshal.AsSpan(texts[text].Tokens)[..lengths[text]]
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
}
