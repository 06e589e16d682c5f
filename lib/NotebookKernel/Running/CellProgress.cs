namespace NotebookKernel;

/// <summary>One step of a running notebook.</summary>
/// <param name="CellNumber">The cell's execution count, from 1: code cells that are not empty.</param>
/// <param name="CellCount">How many cells there are to run.</param>
/// <param name="CellId">The cell's id.</param>
/// <param name="State">What has just happened to it.</param>
/// <param name="Seconds">How long it ran; 0 when it begins.</param>
public sealed record CellProgress(
    int CellNumber,
    int CellCount,
    string CellId,
    CellState State,
    double Seconds
);
