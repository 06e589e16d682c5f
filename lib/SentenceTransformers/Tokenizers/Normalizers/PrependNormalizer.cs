namespace SentenceTransformers;

/// <summary>Puts a text in front of whatever is not empty.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    public SourcedText Normalize(SourcedText text) => text.Prepend(prefix);
}
