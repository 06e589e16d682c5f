namespace NotebookKernel;

/// <summary>What has just happened to a cell.</summary>
public enum CellState
{
    /// <summary>It begins to run.</summary>
    Started,

    /// <summary>It ran to its end, or failed as its tag <c>raises-exception</c> allows.</summary>
    Succeeded,

    /// <summary>It failed, and the cells after it will not run.</summary>
    Failed,
}
