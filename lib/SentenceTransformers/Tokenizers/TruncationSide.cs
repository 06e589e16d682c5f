namespace SentenceTransformers;

/// <summary>Where a text gives way that is longer than the model reads.</summary>
internal enum TruncationSide
{
    /// <summary>At its end: the first tokens stay.</summary>
    Right,

    /// <summary>At its beginning: the last tokens stay.</summary>
    Left,
}
