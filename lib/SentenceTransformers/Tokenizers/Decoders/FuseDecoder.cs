namespace SentenceTransformers;

/// <summary>Joins all tokens to one, so that what follows sees the whole text.</summary>
internal sealed class FuseDecoder : IDecoder
{
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];
}
