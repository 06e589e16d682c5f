namespace SentenceTransformers;

/// <summary>Joins tokens to text: continuations to what is before them, other tokens after a space.</summary>
/// <remarks>After <c>decoders/wordpiece.rs</c> of Hugging Face tokenizers.</remarks>
/// <param name="prefix">What marks a continuation.</param>
/// <param name="cleanUp">Take the space before English punctuation and contractions away, token by token.</param>
internal sealed class WordPieceDecoder(string prefix, bool cleanUp) : IDecoder
{
    private static readonly (string From, string To)[] Contractions =
    [
        (" .", "."),
        (" ?", "?"),
        (" !", "!"),
        (" ,", ","),
        (" ' ", "'"),
        (" n't", "n't"),
        (" 'm", "'m"),
        (" do not", " don't"),
        (" 's", "'s"),
        (" 've", "'ve"),
        (" 're", "'re"),
    ];

    /// <summary>The text that tokens spell.</summary>
    public string Decode(IEnumerable<string> tokens) => string.Concat(Pieces(tokens));

    List<string> IDecoder.Decode(List<string> tokens) => [.. Pieces(tokens)];

    private IEnumerable<string> Pieces(IEnumerable<string> tokens)
    {
        var isFirst = true;
        foreach (var token in tokens)
        {
            var piece =
                isFirst ? token
                : token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..]
                : " " + token;
            yield return cleanUp ? CleanUp(piece) : piece;
            isFirst = false;
        }
    }

    private static string CleanUp(string piece)
    {
        foreach (var (from, to) in Contractions)
            piece = piece.Replace(from, to, StringComparison.Ordinal);
        return piece;
    }
}
