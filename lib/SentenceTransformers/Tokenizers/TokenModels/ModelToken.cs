namespace SentenceTransformers;

/// <summary>A token that a model has found in a piece of text.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Start">Where it begins, in UTF-16 units of the piece.</param>
/// <param name="End">Where it ends, exclusive.</param>
internal readonly record struct ModelToken(int Id, int Start, int End);
