namespace NotebookKernel;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">The exception's type, or <c>CompilationErrorException</c>.</param>
/// <param name="Message">One line or more, without the trace.</param>
/// <param name="Trace">Where it happened, in lines of cells; for compile errors all of them, with the code.</param>
internal sealed record CellError(string Name, string Message, IReadOnlyList<string> Trace);
