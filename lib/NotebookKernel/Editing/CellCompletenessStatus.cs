namespace NotebookKernel;

/// <summary>Jupyter's words for whether code can be run as it stands.</summary>
internal enum CellCompletenessStatus
{
    /// <summary>It can be run.</summary>
    Complete,

    /// <summary>It ends in the middle of something.</summary>
    Incomplete,

    /// <summary>Another line will not mend it.</summary>
    Invalid,

    /// <summary>Nobody can tell.</summary>
    Unknown,
}
