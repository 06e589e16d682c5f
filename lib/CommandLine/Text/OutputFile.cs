namespace Workbook.CommandLine;

/// <summary>A file that a command is asked to write.</summary>
internal static class OutputFile
{
    /// <summary>Checks the name before the work is done, not after.</summary>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="path">The file; null where the option was not given.</param>
    /// <param name="extensions">What it may end in.</param>
    /// <exception cref="UsageException">It ends otherwise, or its folder does not exist.</exception>
    public static void Check(string option, string? path, params string[] extensions)
    {
        if (path is null)
            return;
        if (!extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new UsageException(
                $"{option}: {path} does not end in {string.Join(" or ", extensions)}"
            );
        if (Directory.Exists(path))
            throw new UsageException($"{option}: {path} is a folder");
        if (
            Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder
            && !Directory.Exists(folder)
        )
            throw new UsageException($"{option}: {path}: there is no folder {folder}");
    }
}
