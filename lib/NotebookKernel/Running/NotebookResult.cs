namespace NotebookKernel;

/// <summary>How the run of a notebook ended.</summary>
/// <param name="NotebookPath">The notebook.</param>
/// <param name="OutputPath">The executed copy; it is written also where a cell failed.</param>
/// <param name="CellsRun">How many cells ran, the failing one included.</param>
/// <param name="CellCount">How many cells there were to run.</param>
/// <param name="Seconds">The whole run, starting the process included.</param>
/// <param name="Failures">The cells that failed; empty for a good run.</param>
public sealed record NotebookResult(
    string NotebookPath,
    string OutputPath,
    int CellsRun,
    int CellCount,
    double Seconds,
    IReadOnlyList<CellFailure> Failures
)
{
    /// <summary>Whether every cell ran, and none failed that may not.</summary>
    public bool Succeeded => Failures.Count == 0 && CellsRun == CellCount;
}
