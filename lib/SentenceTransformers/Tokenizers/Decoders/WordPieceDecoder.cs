using System.Text;

namespace SentenceTransformers;

/// <summary>Joins tokens to text: continuations to what is before them, other tokens after a space.</summary>
/// <remarks>After <c>decoders/wordpiece.rs</c> of Hugging Face tokenizers.</remarks>
/// <param name="prefix">What marks a continuation.</param>
/// <param name="cleanUp">Take the space before English punctuation and contractions away, token by token.</param>
internal sealed class WordPieceDecoder(string prefix, bool cleanUp)
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

    public string Decode(IEnumerable<string> tokens)
    {
        var text = new StringBuilder();
        var isFirst = true;
        foreach (var token in tokens)
        {
            var piece =
                isFirst ? token
                : token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..]
                : " " + token;
            text.Append(cleanUp ? CleanUp(piece) : piece);
            isFirst = false;
        }
        return text.ToString();
    }

    private static string CleanUp(string piece)
    {
        foreach (var (from, to) in Contractions)
            piece = piece.Replace(from, to, StringComparison.Ordinal);
        return piece;
    }
}
