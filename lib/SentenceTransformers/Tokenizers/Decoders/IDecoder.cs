namespace SentenceTransformers;

/// <summary>Turns tokens back into text: one kind of <c>decoder</c> in tokenizer.json.</summary>
internal interface IDecoder
{
    /// <summary>Changes the list of tokens; what is left at the end is joined.</summary>
    List<string> Decode(List<string> tokens);
}
