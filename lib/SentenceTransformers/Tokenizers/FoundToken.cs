namespace SentenceTransformers;

/// <summary>A token of a text, before special tokens are put around.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">How the vocabulary spells it; an added token is spelled as the text has it.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
internal record struct FoundToken(int Id, string Text, int Start, int End);
