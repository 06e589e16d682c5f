namespace SentenceTransformers;

/// <summary>Cuts text into what the model tokenizes piece by piece: one kind of <c>pre_tokenizer</c> in tokenizer.json.</summary>
internal interface IPreTokenizer
{
    /// <summary>The pieces of one piece; empty ones are dropped by the caller. Safe to call from many threads.</summary>
    IEnumerable<SourcedText> Split(SourcedText text);
}
