namespace SentenceTransformers;

/// <summary>How a model is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>In which numbers its transformer computes.</summary>
    public Precision Precision { get; init; }

    /// <summary>With how many threads each batch runs.</summary>
    /// <remarks>
    /// One is right for almost all work: each core has a batch of its own. More can serve a single long text sooner on a
    /// machine that does nothing else; <c>bench single</c> shows whether they do.
    /// </remarks>
    public int ThreadsPerRun { get; init; } = 1;
}
