namespace SentenceTransformers;

/// <summary>Deletes combining marks; those of composed letters only after NFD or NFKD.</summary>
internal sealed class StripAccentsNormalizer : INormalizer
{
    public SourcedText Normalize(SourcedText text) =>
        text.Map(codePoint => UnicodeForms.IsAccent(codePoint) ? null : codePoint);
}
