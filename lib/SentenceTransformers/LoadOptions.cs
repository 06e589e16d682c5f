namespace SentenceTransformers;

/// <summary>How a model is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>In which numbers its transformer computes.</summary>
    public Precision Precision { get; init; }
}
