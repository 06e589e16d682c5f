namespace SentenceTransformers;

/// <summary>Where the sign of a word's beginning is put in front although there is no space.</summary>
internal enum MetaspacePrefix
{
    /// <summary>Before every piece.</summary>
    Always,

    /// <summary>Before the text's very beginning only.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
