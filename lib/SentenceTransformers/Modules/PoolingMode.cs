namespace SentenceTransformers;

/// <summary>How pooling turns a text's token embeddings into one vector.</summary>
/// <remarks>In the order in which the flags of older configurations concatenate.</remarks>
public enum PoolingMode
{
    /// <summary>The first token, which BERT calls [CLS].</summary>
    Cls,

    /// <summary>The largest value of each dimension.</summary>
    Max,

    /// <summary>The sum over the tokens, divided by their number.</summary>
    Mean,

    /// <summary>The sum over the tokens, divided by the square root of their number.</summary>
    MeanSqrtLenTokens,

    /// <summary>The mean weighted by position (1, 2, 3, ...), as SGPT does (https://arxiv.org/abs/2202.08904).</summary>
    WeightedMean,

    /// <summary>The last token, which has seen all others in a decoder.</summary>
    LastToken,
}
