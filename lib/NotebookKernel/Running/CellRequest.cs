namespace NotebookKernel;

/// <summary>A line that asks the process of <see cref="RunCellsCommand"/> for a cell.</summary>
/// <param name="Number">Its number, which the reply repeats.</param>
/// <param name="Source">The code.</param>
/// <param name="Seconds">How long it may run.</param>
internal sealed record CellRequest(int Number, string Source, double Seconds);
