namespace SentenceTransformers;

/// <summary>Turns the sign of a word's beginning back into a space; at the text's beginning into nothing, if it was put there.</summary>
internal sealed class MetaspaceDecoder(string sign, bool prefixed) : IDecoder
{
    public List<string> Decode(List<string> tokens) =>
        [
            .. tokens.Select(
                (token, i) =>
                    token.Replace(sign, i == 0 && prefixed ? "" : " ", StringComparison.Ordinal)
            ),
        ];
}
