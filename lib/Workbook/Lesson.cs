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

    /// <summary>The path of a picture that the lessons look at.</summary>
    /// <param name="file">Such as "dog.png": its path below data/pictures.</param>
    /// <exception cref="DirectoryNotFoundException">The workbook's folder is not above this assembly or the notebook.</exception>
    public static string Picture(string file) => Path.Combine(PictureFolder(), file);

    /// <summary>The pictures of data/pictures/album, with what each of them shows.</summary>
    /// <exception cref="DirectoryNotFoundException">The workbook's folder is not above this assembly or the notebook.</exception>
    public static IReadOnlyList<PictureFile> Album() =>
        [
            .. PictureFile
                .ReadList(Picture("pictures.jsonl"))
                .Where(picture => picture.File.StartsWith("album/", StringComparison.Ordinal)),
        ];

    private static string PictureFolder()
    {
        string?[] starts =
        [
            Path.GetDirectoryName(typeof(Lesson).Assembly.Location), // empty when loaded from memory
            Environment.CurrentDirectory,
        ];
        foreach (var start in starts.Where(start => !string.IsNullOrEmpty(start)))
            for (var folder = new DirectoryInfo(start!); folder is not null; folder = folder.Parent)
                if (
                    Path.Combine(folder.FullName, "data", "pictures") is var pictures
                    && Directory.Exists(pictures)
                )
                    return pictures;
        throw new DirectoryNotFoundException(
            "data/pictures was not found; open the notebook where it lies in the workbook's folder"
        );
    }
}
