namespace SentenceTransformers;

/// <summary>Puts a text in the place of whatever a pattern matches, token by token.</summary>
internal sealed class ReplaceDecoder(ITextPattern pattern, string content) : IDecoder
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select(Replace)];

    private string Replace(string token) =>
        string.Concat(
            pattern
                .Matches(token)
                .Select(match => match.IsMatch ? content : token[match.Start..match.End])
        );
}
