namespace Pictures;

/// <summary>A file is no picture that can be read: of another kind, cut short, too large, or none at all.</summary>
public sealed class PictureException : Exception
{
    /// <summary>Creates the error "<paramref name="file"/>: <paramref name="problem"/>".</summary>
    public PictureException(string file, string problem)
        : base($"{file}: {problem}") => File = file;

    /// <summary>The file that cannot be read.</summary>
    public string File { get; }
}
