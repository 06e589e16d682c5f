namespace SentenceTransformers;

/// <summary>A piece of a SentencePiece model.</summary>
/// <param name="Text">Its spelling, with ▁ for a space.</param>
/// <param name="Score">Its log-probability; of a BPE model, minus the rank of the merge that makes it.</param>
/// <param name="Kind">What it is for.</param>
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind);
