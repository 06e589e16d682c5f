namespace SentenceTransformers;

/// <summary>Two sentences that may say the same.</summary>
/// <param name="Score">How alike they are; larger is more alike.</param>
/// <param name="First">The earlier of both, counted from 0.</param>
/// <param name="Second">The later of both.</param>
public readonly record struct ParaphrasePair(float Score, int First, int Second);
