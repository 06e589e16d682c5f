namespace NotebookKernel;

/// <summary>Whether a cell can be run as it stands, or wants another line.</summary>
/// <param name="Status">Which of the two, or neither.</param>
/// <param name="Indent">What the next line would begin with; empty unless the cell is incomplete.</param>
internal sealed record CellCompleteness(CellCompletenessStatus Status, string Indent);
