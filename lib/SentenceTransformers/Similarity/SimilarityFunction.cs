namespace SentenceTransformers;

/// <summary>How alike two embeddings are; larger is always more alike.</summary>
public enum SimilarityFunction
{
    /// <summary>The cosine of the angle between them, from -1 to 1; length does not matter.</summary>
    Cosine,

    /// <summary>The dot product.</summary>
    Dot,

    /// <summary>The straight-line distance, negated.</summary>
    Euclidean,

    /// <summary>The sum of the absolute differences, negated.</summary>
    Manhattan,
}
