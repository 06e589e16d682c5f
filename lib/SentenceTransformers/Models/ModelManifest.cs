namespace SentenceTransformers;

/// <summary>models/models.json: the models that can be loaded by name.</summary>
public static class ModelManifest
{
    private const string FileName = "models.json";
    private const string FolderName = "models";

    /// <summary>The models, in the manifest's order; empty where no manifest is found.</summary>
    /// <remarks>
    /// The manifest is looked for in a folder "models" beside or above this library, the running program, and the current
    /// directory: so a name works from any current directory, and in a notebook host that loads the library from memory.
    /// </remarks>
    /// <exception cref="ModelFormatException">The manifest cannot be read.</exception>
    public static IReadOnlyList<ModelEntry> Models => FindFile() is { } path ? Read(path) : [];

    /// <summary>The folder of a model by its name or by its id on the hub, or the folder itself.</summary>
    /// <remarks>A model of the hub is looked for in the cache only: <see cref="HubClient"/> fetches it.</remarks>
    /// <exception cref="DirectoryNotFoundException">There is neither.</exception>
    public static string Locate(string nameOrFolder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(nameOrFolder);
        // A path is a path, whatever manifest may lie about.
        if (Path.GetFileName(nameOrFolder) != nameOrFolder)
            return Directory.Exists(nameOrFolder) ? nameOrFolder
                : HubName.IsModel(nameOrFolder) && FindInCache(nameOrFolder) is { } snapshot
                    ? snapshot
                : throw new DirectoryNotFoundException(
                    $"{nameOrFolder}: no such folder{CacheHint(nameOrFolder)}"
                );
        var models = Models;
        if (models.FirstOrDefault(model => model.Name == nameOrFolder) is { } entry)
            return entry.Folder
                ?? throw new DirectoryNotFoundException(
                    $"{nameOrFolder}: not fetched yet; `models pull {nameOrFolder}` fetches it"
                );
        if (Directory.Exists(nameOrFolder))
            return nameOrFolder;
        var names =
            models.Count == 0
                ? $"no {FolderName}/{FileName} was found"
                : string.Join(", ", models.Select(model => model.Name));
        throw new DirectoryNotFoundException(
            $"{nameOrFolder}: neither a folder nor a model by name ({names})"
        );
    }

    private static string? FindInCache(string id, string? revision = null) =>
        new HubCache(HubOptions.CacheFromEnvironment(), id).Find(revision ?? "main");

    private static string CacheHint(string id) =>
        HubName.IsModel(id)
            ? $", and no model of the hub that has been fetched (`models pull {id}` fetches it)"
            : "";

    /// <summary>Reads a manifest file.</summary>
    internal static IReadOnlyList<ModelEntry> Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return
        [
            .. JsonFile
                .ReadObject(path)
                .Objects("models")
                .Select(entry => ReadEntry(folder, entry)),
        ];
    }

    private static ModelEntry ReadEntry(string folder, JsonFile entry)
    {
        var name = entry.RequiredText("name");
        if (
            name.Length == 0
            || name.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            || name.StartsWith('.')
        )
            throw entry.Invalid("name", $"'{name}' is not a plain name");
        var (hubId, revision) = (entry.Text("hub_id"), entry.Text("revision"));
        if (hubId is not null && !HubName.IsModel(hubId))
            throw entry.Invalid("hub_id", $"'{hubId}' is not a model's id on the hub");
        if (revision is not null && !HubName.IsRevision(revision))
            throw entry.Invalid("revision", $"'{revision}' is not a commit");
        return new ModelEntry
        {
            Name = name,
            Kind = entry.RequiredText("kind"),
            Folder = hubId is null ? Path.Combine(folder, name) : FindInCache(hubId, revision),
            HubId = hubId,
            Revision = revision,
            Description = entry.RequiredText("description"),
            Licence = entry.RequiredText("licence"),
            Languages = entry.Texts("languages"),
            MaxTokens = entry.RequiredInteger("max_tokens", 1, 1 << 20),
            Dimension = entry.Integer("dimension", 1, 1 << 20),
            Pooling = entry.Text("pooling"),
            Source = entry.RequiredText("source"),
            Lessons = entry.Texts("lessons"),
            Examples = [.. entry.Objects("examples").Select(ReadExample)],
            Goals = [.. entry.Objects("goals").Select(ReadGoal)],
            Files =
            [
                .. entry
                    .Objects("files")
                    .Select(file => new ModelFile(
                        file.RequiredText("path"),
                        file.RequiredInteger("size", 0, int.MaxValue),
                        file.RequiredText("sha256")
                    )),
            ],
        };
    }

    private static ModelExample ReadExample(JsonFile example) =>
        new(
            example.RequiredText("source"),
            example.Has("pairs") ? [.. ReadScores(example)]
                : example.Has("pictures") ? [.. ReadPictures(example)]
                : [.. ReadCosines(example)],
            example.RequiredInteger("decimals", 0, 9),
            example.Flag("order_only", false)
        );

    private static ModelGoal ReadGoal(JsonFile goal) =>
        new(
            goal.RequiredText("name"),
            goal.Number("at_least") ?? throw goal.Invalid("at_least", "missing"),
            goal.Number("value") ?? throw goal.Invalid("value", "missing"),
            goal.RequiredInteger("decimals", 0, 9),
            goal.Text("measure")
        );

    /// <summary>A cross-encoder's examples: every pair with its score.</summary>
    private static IEnumerable<PublishedPair> ReadScores(JsonFile example) =>
        example.Objects("pairs") is { Count: > 0 } pairs
            ? pairs.Select(pair => new PublishedPair(
                pair.RequiredText("text"),
                pair.RequiredText("pair"),
                pair.Number("score") ?? throw pair.Invalid("score", "missing")
            ))
            : throw example.Invalid("pairs", "expected at least one");

    /// <summary>A bi-encoder's examples: texts and the cosines of each two, 1 and 2, 1 and 3, ..., 2 and 3, ...</summary>
    private static IEnumerable<PublishedPair> ReadCosines(JsonFile example)
    {
        var (texts, cosines) = (example.Texts("texts"), example.Numbers("cosines"));
        var pairs = texts
            .SelectMany((text, i) => texts.Skip(i + 1).Select(other => (Text: text, Other: other)))
            .ToArray();
        return cosines.Length == pairs.Length && pairs.Length > 0
            ? pairs.Zip(cosines, (pair, cosine) => new PublishedPair(pair.Text, pair.Other, cosine))
            : throw example.Invalid(
                "cosines",
                $"{cosines.Length} for the {pairs.Length} pairs of {texts.Length} texts"
            );
    }

    /// <summary>The cosines of pictures and texts: of the first picture with every text, then of the second.</summary>
    private static IEnumerable<PublishedPair> ReadPictures(JsonFile example)
    {
        var (pictures, texts) = (example.Texts("pictures"), example.Texts("texts"));
        var cosines = example.Numbers("cosines");
        return cosines.Length == pictures.Length * texts.Length && cosines.Length > 0
            ? pictures
                .SelectMany(picture => texts.Select(text => (Picture: picture, Text: text)))
                .Zip(
                    cosines,
                    (pair, cosine) =>
                        new PublishedPair(pair.Picture, pair.Text, cosine, IsPicture: true)
                )
            : throw example.Invalid(
                "cosines",
                $"{cosines.Length} for {pictures.Length} pictures and {texts.Length} texts"
            );
    }

    private static string? FindFile()
    {
        var starts = new[]
        {
            Path.GetDirectoryName(typeof(ModelManifest).Assembly.Location), // empty when loaded from memory
            AppContext.BaseDirectory,
            Environment.CurrentDirectory,
        };
        foreach (var start in starts.Where(start => !string.IsNullOrEmpty(start)))
            for (var folder = new DirectoryInfo(start!); folder is not null; folder = folder.Parent)
                if (
                    Path.Combine(folder.FullName, FolderName, FileName) is var path
                    && File.Exists(path)
                )
                    return path;
        return null;
    }
}
