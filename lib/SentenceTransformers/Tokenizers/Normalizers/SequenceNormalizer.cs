namespace SentenceTransformers;

/// <summary>One normalizer after another.</summary>
internal sealed class SequenceNormalizer(IReadOnlyList<INormalizer> normalizers) : INormalizer
{
    public SourcedText Normalize(SourcedText text) =>
        normalizers.Aggregate(text, (changed, normalizer) => normalizer.Normalize(changed));
}
