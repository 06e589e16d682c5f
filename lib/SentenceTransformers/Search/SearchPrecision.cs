namespace SentenceTransformers;

/// <summary>How a <see cref="VectorIndex"/> looks for candidates; whatever it finds is scored exactly.</summary>
#pragma warning disable CA1720 // the types are what is chosen
public enum SearchPrecision
{
    /// <summary>By every number of every row: nothing can be missed.</summary>
    Float32,

    /// <summary>By a copy in 8 bits, a quarter of the memory: the same hits, but for rows that are all but equal.</summary>
    Int8,

    /// <summary>By the signs of the numbers, a thirty-second of the memory: most of the hits.</summary>
    Binary,
}
