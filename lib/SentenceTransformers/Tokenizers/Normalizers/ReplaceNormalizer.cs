namespace SentenceTransformers;

/// <summary>Puts a text in the place of whatever a pattern matches.</summary>
internal sealed class ReplaceNormalizer(ITextPattern pattern, string content) : INormalizer
{
    public SourcedText Normalize(SourcedText text) =>
        text.Replace([.. pattern.Matches(text.Text)], content);
}
