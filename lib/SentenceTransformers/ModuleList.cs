namespace SentenceTransformers;

/// <summary>modules.json: which modules a model consists of, and where their files lie.</summary>
internal static class ModuleList
{
    private const string FileName = "modules.json";

    /// <summary>The module that reads texts and pictures.</summary>
    public const string Clip = "CLIPModel";

    // 2.x writes "sentence_transformers.models.Pooling", 6.x a longer path to the same class.
    private const string Namespace = "sentence_transformers.";

    /// <summary>One line of the list.</summary>
    /// <param name="Type">The class without its namespace: "Pooling".</param>
    /// <param name="Folder">The module's own folder.</param>
    public sealed record Entry(string Type, string Folder);

    /// <summary>Where the list of a model folder lies, whether or not there is one.</summary>
    public static string PathOf(string folder) => Path.Combine(folder, FileName);

    /// <summary>Reads the list; null where the folder has none.</summary>
    /// <exception cref="ModelFormatException">A module is of another kind, stands at the wrong place, or leads out of the folder.</exception>
    public static IReadOnlyList<Entry>? Read(string folder)
    {
        var path = PathOf(folder);
        if (!File.Exists(path))
            return null;
        var entries = new List<Entry>();
        foreach (var entry in JsonFile.ReadArray(path))
            entries.Add(
                ReadEntry(
                    folder,
                    entry,
                    entries switch
                    {
                        [] => ["Transformer", Clip],
                        [{ Type: not Clip }] => ["Pooling"],
                        _ => ["Dense", "LayerNorm", "Dropout", "Normalize"],
                    }
                )
            );
        return entries is [{ Type: Clip }, ..] or [_, _, ..]
            ? entries
            : throw new ModelFormatException(path, "expected a Transformer, then a Pooling");
    }

    /// <summary>Reads a cross-encoder's list, which is its Transformer; null where the folder has none.</summary>
    /// <exception cref="ModelFormatException">Another module is listed, such as the LogitScore of a generative model.</exception>
    public static Entry? ReadCrossEncoder(string folder)
    {
        var path = PathOf(folder);
        if (!File.Exists(path))
            return null;
        var entries = JsonFile
            .ReadArray(path)
            .Select(entry => ReadEntry(folder, entry, ["Transformer"]))
            .ToArray();
        return entries is [var only]
            ? only
            : throw new ModelFormatException(
                path,
                $"{entries.Length} modules, expected one Transformer with a classification head"
            );
    }

    /// <summary>The folder with the transformer's own files: older models keep them in 0_Transformer.</summary>
    public static string TransformerFolder(string folder) =>
        File.Exists(PathOf(folder)) && JsonFile.ReadArray(PathOf(folder)) is [var first, ..]
            ? FolderOf(folder, first)
            : folder;

    private static Entry ReadEntry(string folder, JsonFile entry, string[] expected)
    {
        var type = entry.RequiredText("type");
        var name = type.StartsWith(Namespace, StringComparison.Ordinal)
            ? type[(type.LastIndexOf('.') + 1)..]
            : type;
        return expected.Contains(name)
            ? new Entry(name, FolderOf(folder, entry))
            : throw entry.Invalid(
                "type",
                $"'{type}' is not supported here, expected {string.Join(", ", expected)}"
            );
    }

    /// <summary>A module's own folder, which must lie inside the model's.</summary>
    private static string FolderOf(string folder, JsonFile entry)
    {
        var relative = entry.Text("path") ?? "";
        if (relative.Contains('\0', StringComparison.Ordinal))
            throw entry.Invalid("path", "holds a null character");
        var root = Path.GetFullPath(folder);
        var path = Path.GetFullPath(Path.Combine(root, relative));
        return
            path == root
            || path.StartsWith(
                Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar,
                StringComparison.Ordinal
            )
            ? path
            : throw entry.Invalid("path", $"'{relative}' leads out of the model's folder");
    }
}
