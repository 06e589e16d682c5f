namespace SentenceTransformers;

/// <summary>Changes text before it is cut into words: one kind of <c>normalizer</c> in tokenizer.json.</summary>
internal interface INormalizer
{
    /// <summary>The changed text; safe to call from many threads.</summary>
    SourcedText Normalize(SourcedText text);
}
