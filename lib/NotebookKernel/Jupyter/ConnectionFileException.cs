namespace NotebookKernel;

/// <summary>A connection file cannot be used; the message names it, the key, what was found and what was expected.</summary>
internal sealed class ConnectionFileException(
    string file,
    string problem,
    Exception? innerException = null
) : Exception($"{file}: {problem}", innerException);
