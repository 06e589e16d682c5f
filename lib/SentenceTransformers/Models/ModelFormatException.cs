namespace SentenceTransformers;

/// <summary>A file of a model folder cannot be used: it is cut short, contradicts itself, or asks for what is not supported.</summary>
/// <remarks>The message names the file, the key, what was found and what was expected.</remarks>
public sealed class ModelFormatException : Exception
{
    /// <summary>Creates the error "<paramref name="file"/>: <paramref name="problem"/>".</summary>
    public ModelFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException) => File = file;

    /// <summary>The file that cannot be used.</summary>
    public string File { get; }
}
