using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>One output of a code cell, as nbformat 4 stores it.</summary>
public sealed class NotebookOutput
{
    internal NotebookOutput(JsonObject json) => Json = json;

    /// <summary><c>stream</c>, <c>display_data</c>, <c>execute_result</c> or <c>error</c>.</summary>
    public string OutputType => Json["output_type"]!.GetValue<string>();

    /// <summary>A stream's name: <c>stdout</c> or <c>stderr</c>; null for other outputs.</summary>
    public string? StreamName => MultilineString.Join(Json["name"]);

    /// <summary>A stream's text; null for other outputs.</summary>
    public string? Text => MultilineString.Join(Json["text"]);

    /// <summary>MIME type to content (JSON types as JSON text) of a display or a result; empty for other outputs.</summary>
    public IReadOnlyDictionary<string, string> Data =>
        Json["data"] is JsonObject data
            ? data.ToDictionary(
                item => item.Key,
                item => MultilineString.Join(item.Value) ?? item.Value?.ToJsonString() ?? "null"
            )
            : new Dictionary<string, string>();

    /// <summary>An error's exception name; null for other outputs.</summary>
    public string? ErrorName => MultilineString.Join(Json["ename"]);

    /// <summary>An error's message; null for other outputs.</summary>
    public string? ErrorMessage => MultilineString.Join(Json["evalue"]);

    /// <summary>An error's trace, a line an item; empty for other outputs.</summary>
    public IReadOnlyList<string> Traceback =>
        Json["traceback"] is JsonArray lines
            ? [.. lines.Select(MultilineString.Join).OfType<string>()]
            : [];

    internal JsonObject Json { get; }

    internal static NotebookOutput Stream(string name, string text) =>
        new(
            new JsonObject
            {
                ["output_type"] = "stream",
                ["name"] = name,
                ["text"] = MultilineString.Split(text),
            }
        );

    internal static NotebookOutput Display(MimeBundle data) =>
        new(
            new JsonObject
            {
                ["output_type"] = "display_data",
                ["data"] = SplitData(data),
                ["metadata"] = new JsonObject(),
            }
        );

    internal static NotebookOutput Result(MimeBundle data, int executionCount)
    {
        var output = Display(data);
        output.Json["output_type"] = "execute_result";
        output.Json["execution_count"] = executionCount;
        return output;
    }

    internal static NotebookOutput Error(CellError error) =>
        new(
            new JsonObject
            {
                ["output_type"] = "error",
                ["ename"] = error.Name,
                ["evalue"] = error.Message,
                ["traceback"] = new JsonArray([.. error.Trace.Select(line => (JsonNode)line)]),
            }
        );

    private static JsonObject SplitData(MimeBundle bundle)
    {
        var data = bundle.ToJson();
        foreach (var (mimeType, text) in bundle)
            if (MultilineString.IsSplit(mimeType))
                data[mimeType] = MultilineString.Split(text);
        return data;
    }
}
