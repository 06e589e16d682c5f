namespace NotebookKernel;

/// <summary>A cell that failed.</summary>
/// <param name="CellNumber">The cell's execution count, from 1; 0 where the process died outside of any cell.</param>
/// <param name="CellId">The cell's id; empty outside of any cell.</param>
/// <param name="ErrorName">The exception's type, <c>CompilationErrorException</c>, <c>TimeoutException</c> or <c>DeadKernelError</c>.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Trace">Where, in lines of cells.</param>
public sealed record CellFailure(
    int CellNumber,
    string CellId,
    string ErrorName,
    string Message,
    IReadOnlyList<string> Trace
);
