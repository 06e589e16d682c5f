using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>One output in several representations: MIME type to text (pictures as base64).</summary>
internal sealed class MimeBundle : IEnumerable<KeyValuePair<string, string>>
{
    private readonly Dictionary<string, string> data = [];

    /// <summary>Adds or replaces one representation.</summary>
    /// <exception cref="FormatException">A JSON type's text is not JSON.</exception>
    public string this[string mimeType]
    {
        get => data[mimeType];
        set
        {
            // Here, while the cell runs, so that the error is the cell's.
            if (IsJson(mimeType))
                _ = Parse(mimeType, value);
            data[mimeType] = value;
        }
    }

    public bool Contains(string mimeType) => data.ContainsKey(mimeType);

    /// <summary>The bundle as nbformat and the Jupyter protocol have it: JSON types as JSON, all others as strings.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (mimeType, text) in data)
            json[mimeType] = IsJson(mimeType) ? Parse(mimeType, text) : text;
        return json;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => data.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    private static JsonNode? Parse(string mimeType, string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException error)
        {
            throw new FormatException(
                $"The {mimeType} output is not valid JSON: {error.Message}",
                error
            );
        }
    }
}
