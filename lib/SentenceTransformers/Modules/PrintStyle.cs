namespace SentenceTransformers;

/// <summary>How a model prints its structure.</summary>
public enum PrintStyle
{
    /// <summary>As sentence-transformers 2.x did, and most lectures and model cards show: one flag for each pooling mode.</summary>
    Classic,

    /// <summary>As sentence-transformers 6 does: <c>'pooling_mode': 'mean'</c>.</summary>
    Current,
}
