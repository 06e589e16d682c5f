namespace DrawnWorld;

/// <summary>How much of the picture the subject takes.</summary>
public enum SubjectSize
{
    /// <summary>So usual that captions do not tell.</summary>
    Medium,

    /// <summary>Small.</summary>
    Small,

    /// <summary>Big.</summary>
    Big,
}
