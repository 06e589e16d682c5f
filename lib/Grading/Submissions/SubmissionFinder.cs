namespace Grading;

/// <summary>Finds what was handed in, and by whom.</summary>
/// <param name="shelf">The lessons, after which files may be named.</param>
internal sealed class SubmissionFinder(LessonShelf shelf)
{
    private const string Extension = ".ipynb";

    // What the separators of 03-pooling-kim, kim_03-pooling and 03-pooling (1) leave.
    private static readonly char[] Separators = [.. " -_.,()[]0123456789"];

    // Links are looked at by whoever grades, not followed into other people's work or the solutions.
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>The notebooks, in the order of the paths, and in folders of their names.</summary>
    /// <param name="paths">Notebooks, and folders of notebooks or of learners' folders.</param>
    /// <exception cref="FileNotFoundException">A path leads nowhere, or to no notebook.</exception>
    public IReadOnlyList<Submission> Find(IEnumerable<string> paths) =>
        [.. paths.SelectMany(FindIn).DistinctBy(submission => Path.GetFullPath(submission.Path))];

    private IEnumerable<Submission> FindIn(string path)
    {
        if (File.Exists(path))
            return Path.GetExtension(path).Equals(Extension, StringComparison.OrdinalIgnoreCase)
                ? [new(Learner(path), path)]
                : throw new FileNotFoundException(
                    $"{path}: expected a notebook ({Extension}) or a folder"
                );
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"{path}: no such file or folder");
        Submission[] found =
        [
            .. Directory
                .EnumerateFiles(path, $"*{Extension}", Below)
                .Select(file =>
                    (
                        File: file,
                        Names: Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar)
                    )
                )
                .Where(one => !one.Names.Any(IsHousekeeping))
                .OrderBy(one => one.File, StringComparer.Ordinal)
                .Select(one => new Submission(
                    one.Names is [var folder, _, ..] ? folder : Learner(one.File),
                    one.File
                )),
        ];
        return found.Length > 0
            ? found
            : throw new FileNotFoundException($"{path}: no notebooks in it");
    }

    // .ipynb_checkpoints, and what macOS packs into its archives.
    private static bool IsHousekeeping(string name) => name.StartsWith('.') || name is "__MACOSX";

    private string Learner(string path)
    {
        var file = Path.GetFileNameWithoutExtension(path);
        if (shelf.Named(path) is { } lesson)
            file = file.Replace(
                    Path.GetFileName(lesson.Name),
                    "",
                    StringComparison.OrdinalIgnoreCase
                )
                .Trim(Separators);
        return file.Length > 0
            ? file
            : Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
