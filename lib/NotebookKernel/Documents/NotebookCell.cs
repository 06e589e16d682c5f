using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>One cell of a notebook.</summary>
/// <remarks>It is a view of the file's own JSON, so that keys this kernel does not know survive a save.</remarks>
public sealed class NotebookCell
{
    private readonly JsonObject json;

    internal NotebookCell(JsonObject json, NotebookCellKind kind)
    {
        this.json = json;
        Kind = kind;
    }

    /// <summary>Code, markdown or raw.</summary>
    public NotebookCellKind Kind { get; }

    /// <summary>The cell's id, unique in its notebook.</summary>
    public string Id => json["id"]!.GetValue<string>();

    /// <summary>The text, lines joined by what the file joins them with.</summary>
    public string Source => MultilineString.Join(json["source"])!;

    /// <summary>The cell's tags, such as <c>raises-exception</c>.</summary>
    public IReadOnlyList<string> Tags =>
        json["metadata"]!["tags"] is JsonArray tags
            ? [.. tags.Select(MultilineString.Join).OfType<string>()]
            : [];

    /// <summary>The number beside an executed code cell; null before it ran.</summary>
    public int? ExecutionCount
    {
        get => json["execution_count"]?.GetValue<int>();
        set => json["execution_count"] = value;
    }

    /// <summary>What a code cell showed, in order; empty for other cells.</summary>
    public IReadOnlyList<NotebookOutput> Outputs
    {
        get =>
            json["outputs"] is JsonArray outputs
                ? [.. outputs.Select(output => new NotebookOutput(output!.AsObject()))]
                : [];
        set =>
            json["outputs"] = new JsonArray([.. value.Select(output => output.Json.DeepClone())]);
    }

    /// <summary>Pictures pasted into a markdown cell: file name to MIME type to base64.</summary>
    internal JsonObject? Attachments => json["attachments"] as JsonObject;
}
