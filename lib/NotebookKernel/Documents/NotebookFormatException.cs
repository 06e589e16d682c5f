namespace NotebookKernel;

/// <summary>A file is no notebook that can be run: broken JSON, another format version, a key missing or of the wrong type.</summary>
/// <remarks>The message names the file, the cell (counted from 0, as in the file), what was found and what was expected.</remarks>
public sealed class NotebookFormatException : Exception
{
    /// <summary>Creates the error "<paramref name="file"/>: <paramref name="problem"/>".</summary>
    public NotebookFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException) => File = file;

    /// <summary>The file that cannot be used.</summary>
    public string File { get; }
}
