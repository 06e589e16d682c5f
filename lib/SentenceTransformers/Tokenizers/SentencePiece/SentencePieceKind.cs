namespace SentenceTransformers;

/// <summary>What a piece is for; the numbers are those of sentencepiece_model.proto.</summary>
internal enum SentencePieceKind
{
    /// <summary>Text.</summary>
    Normal = 1,

    /// <summary>What no piece spells.</summary>
    Unknown = 2,

    /// <summary>A special token, such as the end of a text.</summary>
    Control = 3,

    /// <summary>Text that is never cut.</summary>
    UserDefined = 4,

    /// <summary>Text that encoding passes over.</summary>
    Unused = 5,

    /// <summary>One byte, as &lt;0xEA&gt;.</summary>
    Byte = 6,
}
