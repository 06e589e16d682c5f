namespace SentenceTransformers;

/// <summary>Why a model may read a text otherwise than its writer meant it.</summary>
public enum TextDiagnosisKind
{
    /// <summary>Letters are written in pieces, as macOS writes file names: two texts that look alike are not.</summary>
    NotNfc,

    /// <summary>Much of it became the unknown token, of which the model knows nothing but that it is there.</summary>
    UnknownTokens,

    /// <summary>It spells a special token, such as [SEP], and is read as that and not as text.</summary>
    SpecialToken,
}
