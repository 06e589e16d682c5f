namespace SentenceTransformers;

/// <summary>Turns the sign of a word's end, such as "&lt;/w&gt;", into a space, but at the text's end (BPEDecoder).</summary>
internal sealed class EndOfWordDecoder(string suffix) : IDecoder
{
    public List<string> Decode(List<string> tokens) =>
        suffix.Length == 0
            ? tokens
            :
            [
                .. tokens.Select(
                    (token, i) =>
                        token.Replace(
                            suffix,
                            i == tokens.Count - 1 ? "" : " ",
                            StringComparison.Ordinal
                        )
                ),
            ];
}
