using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>A Jupyter notebook, nbformat 4.5.</summary>
/// <remarks>
/// Saving gives the bytes that Python's <c>nbformat.write</c> gives, so that a notebook saved here, by Jupyter and by
/// an editor differs only where its content does. Older files of format 4 gain cell ids, the same ones every time.
/// </remarks>
public sealed class NotebookDocument
{
    // A notebook full of plots is a few megabytes.
    private const long MaximumBytes = 256L << 20;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 128,
        AllowDuplicateProperties = false,
    };

    private readonly JsonObject json;

    private NotebookDocument(string path, JsonObject json)
    {
        Path = path;
        this.json = json;
        Cells = new NotebookValidation(path, json).Cells();
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>The cells from top to bottom.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>The kernel spec's name, such as <c>csharp-workbook</c>; null where the notebook names none.</summary>
    public string? KernelName => Metadata("kernelspec", "name");

    /// <summary>The kernel spec's display name; null where the notebook names none.</summary>
    public string? KernelDisplayName => Metadata("kernelspec", "display_name");

    /// <summary>The kernel spec's language; null where the notebook names none.</summary>
    public string? KernelLanguage => Metadata("kernelspec", "language");

    /// <summary>The packages without which it cannot run (metadata <c>workbook.packages</c>), such as Plotly.NET; mostly none.</summary>
    public IReadOnlyList<string> RequiredPackages =>
        json["metadata"]!["workbook"] is JsonObject workbook
        && workbook["packages"] is JsonArray packages
            ? [.. packages.Select(MultilineString.Join).OfType<string>()]
            : [];

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="NotebookFormatException">The file is no notebook of format 4.</exception>
    public static NotebookDocument Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new FileNotFoundException($"{path}: no such file", path);
        if (file.Length > MaximumBytes)
            throw new NotebookFormatException(
                path,
                $"{file.Length:N0} bytes, expected at most {MaximumBytes:N0} for a notebook"
            );
        return Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Reads a notebook that is already in memory; <paramref name="path"/> is for messages.</summary>
    /// <exception cref="NotebookFormatException">The text is no notebook of format 4.</exception>
    public static NotebookDocument Parse(string path, ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        try
        {
            var root = JsonNode.Parse(utf8, documentOptions: Options);
            return new(
                path,
                root as JsonObject
                    ?? throw new NotebookFormatException(path, "expected a JSON object")
            );
        }
        catch (JsonException error)
        {
            throw new NotebookFormatException(path, $"not valid JSON: {error.Message}", error);
        }
        catch (InvalidOperationException error) // an escaped lone surrogate, or bytes that are not UTF-8
        {
            throw new NotebookFormatException(path, "not valid Unicode", error);
        }
    }

    /// <summary>A notebook of one cell of prose: how a text of markdown becomes a page like the lessons'.</summary>
    /// <param name="path">The text's file, for messages and for what it links to.</param>
    /// <param name="markdown">The text.</param>
    public static NotebookDocument OfProse(string path, string markdown) =>
        new(
            path,
            new JsonObject
            {
                ["cells"] = new JsonArray(
                    new JsonObject
                    {
                        ["cell_type"] = "markdown",
                        ["id"] = "prose",
                        ["metadata"] = new JsonObject(),
                        ["source"] = markdown,
                    }
                ),
                ["metadata"] = new JsonObject(),
                ["nbformat"] = 4,
                ["nbformat_minor"] = 5,
            }
        );

    /// <summary>The same notebook with other texts in its cells, and without what they once showed.</summary>
    /// <param name="path">Where it will lie, for messages.</param>
    /// <param name="source">The new text of a cell.</param>
    public NotebookDocument Rewrite(string path, Func<NotebookCell, string> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var copy = (JsonObject)json.DeepClone();
        foreach (var (cell, own) in copy["cells"]!.AsArray().Zip(Cells))
            cell!["source"] = source(own);
        var rewritten = new NotebookDocument(path, copy);
        rewritten.ClearOutputs();
        return rewritten;
    }

    /// <summary>Writes the notebook; a reader never sees half of it.</summary>
    public void Save(string path)
    {
        var temporary = $"{path}.{System.IO.Path.GetRandomFileName()}.tmp";
        File.WriteAllText(temporary, ToString());
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The file's text: keys sorted, one space a level, multi-line strings as lists of lines, a line end at the end.</summary>
    public override string ToString() => CanonicalJson.Write(json);

    /// <summary>The cells that a run executes: code that is not blank.</summary>
    internal IEnumerable<NotebookCell> RunnableCells() =>
        Cells.Where(cell =>
            cell.Kind == NotebookCellKind.Code && !string.IsNullOrWhiteSpace(cell.Source)
        );

    /// <summary>Forgets earlier runs, also of cells that a new run might not reach.</summary>
    internal void ClearOutputs()
    {
        foreach (var cell in Cells.Where(cell => cell.Kind == NotebookCellKind.Code))
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }
    }

    private string? Metadata(string section, string key) =>
        json["metadata"]![section] is JsonObject found ? MultilineString.Join(found[key]) : null;
}
