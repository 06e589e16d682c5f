namespace NotebookKernel;

/// <summary>How a cell ended.</summary>
/// <param name="Value">The trailing expression's value, formatted; null where there is none to show.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
/// <param name="Interrupted">Whether the cell was stopped from outside.</param>
internal sealed record CellResult(MimeBundle? Value, CellError? Error, bool Interrupted = false);
