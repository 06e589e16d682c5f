namespace SentenceTransformers;

/// <summary>How a model is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>In which numbers its transformer computes.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether the graph is the readable reference instead of the one that runs fastest.</summary>
    internal bool PlainGraph { get; init; }

    internal GraphStyle Style =>
        Precision == Precision.Int8 ? GraphStyle.Int8
        : PlainGraph ? GraphStyle.Plain
        : GraphStyle.Fused;
}
