using DrawnWorld;

namespace Workbook;

/// <summary>What a reader may set for the lessons as a whole.</summary>
public static class Lesson
{
    /// <summary>The variable that names another model; <c>run --model NAME</c> sets it.</summary>
    public const string ModelVariable = "WORKBOOK_MODEL";

    /// <summary>The bi-encoder that the lessons load: "ko-mini", whose numbers their text tells, unless the reader asked for another.</summary>
    public static string Model =>
        Environment.GetEnvironmentVariable(ModelVariable)?.Trim() is { Length: > 0 } name
            ? name
            : "ko-mini";

    /// <summary>The variable that names another model of pictures.</summary>
    public const string PictureModelVariable = "WORKBOOK_PICTURE_MODEL";

    /// <summary>The model of pictures and texts that the lessons load: "mini-clip", unless the reader asked for another.</summary>
    public static string PictureModel =>
        Environment.GetEnvironmentVariable(PictureModelVariable)?.Trim() is { Length: > 0 } name
            ? name
            : "mini-clip";

    /// <summary>What the numbers of <see cref="Model"/> depend on, for the small print of a figure.</summary>
    public static string Source => Provenance.Of(Model);

    /// <summary>What the numbers of <see cref="PictureModel"/> depend on.</summary>
    public static string PictureSource => Provenance.Of(PictureModel);

    /// <summary>The path of a picture that the lessons look at.</summary>
    /// <param name="file">Such as "dog.png": its path below data/pictures.</param>
    /// <exception cref="DirectoryNotFoundException">The workbook's folder is not above this assembly or the notebook.</exception>
    public static string Picture(string file) => Path.Combine(FindFile("data", "pictures"), file);

    /// <summary>The pictures of data/pictures/album, with what each of them shows.</summary>
    /// <exception cref="DirectoryNotFoundException">The workbook's folder is not above this assembly or the notebook.</exception>
    public static IReadOnlyList<PictureFile> Album() =>
        [
            .. PictureFile
                .ReadList(Picture("pictures.jsonl"))
                .Where(picture => picture.File.StartsWith("album/", StringComparison.Ordinal)),
        ];

    /// <summary>The rows of a table of data/, without its heads.</summary>
    /// <param name="file">Such as "faq-questions.tsv".</param>
    /// <exception cref="FileNotFoundException">There is no such table.</exception>
    public static string[][] Table(string file) =>
        [
            .. File.ReadLines(Path.Combine(FindFile("data"), file))
                .Skip(1)
                .Select(line => line.Split('\t')),
        ];

    /// <summary>Whether the lesson is read in Korean: it lies in notebooks/ko, or WORKBOOK_LANGUAGE says "ko".</summary>
    public static bool IsKorean =>
        Environment.GetEnvironmentVariable("WORKBOOK_LANGUAGE") is { Length: > 0 } language
            ? language == "ko"
            : Environment
                .CurrentDirectory.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)
                .TakeLast(2) // notebooks/ko, or the solutions in it
                .Contains("ko");

    /// <summary>A file of the workbook's folder, wherever below it the notebook lies.</summary>
    /// <param name="path">The path from the workbook's folder, a part an argument.</param>
    /// <exception cref="DirectoryNotFoundException">The workbook's folder is not above this assembly or the notebook.</exception>
    public static string FindFile(params string[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var relative = Path.Combine(path);
        string?[] starts =
        [
            Path.GetDirectoryName(typeof(Lesson).Assembly.Location), // empty when loaded from memory
            Environment.CurrentDirectory,
        ];
        foreach (var start in starts.Where(start => !string.IsNullOrEmpty(start)))
            for (var folder = new DirectoryInfo(start!); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, relative) is var found && Path.Exists(found))
                    return found;
        throw new DirectoryNotFoundException(
            $"{relative} was not found; open the notebook where it lies in the workbook's folder"
        );
    }
}
