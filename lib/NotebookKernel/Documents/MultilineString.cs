using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>nbformat's multi-line strings: one string in memory, a list of lines in the file so that changes compare line by line.</summary>
internal static class MultilineString
{
    /// <summary>Joins a string or a list of strings; null where the node is neither.</summary>
    public static string? Join(JsonNode? node)
    {
        if (node is not JsonArray lines)
            return Text(node);
        var texts = lines.Select(Text).ToArray();
        return texts.Contains(null) ? null : string.Concat(texts);
    }

    /// <summary>Splits after every line end that Python's <c>str.splitlines</c> knows, for nbformat uses that.</summary>
    public static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            if (!IsLineEnd(text[i]))
                continue;
            lines.Add(text[start..(i + 1)]);
            start = i + 1;
        }
        if (start < text.Length)
            lines.Add(text[start..]);
        return lines;
    }

    /// <summary>Whether nbformat splits values of this MIME type.</summary>
    public static bool IsSplit(string mimeType) =>
        mimeType.StartsWith("text/", StringComparison.Ordinal)
        || mimeType is "application/javascript" or "image/svg+xml";

    private static string? Text(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static bool IsLineEnd(char character) =>
        character
            is '\n'
                or '\r'
                or '\v'
                or '\f'
                or '\x1c'
                or '\x1d'
                or '\x1e'
                or '\x85'
                or '\u2028'
                or '\u2029';
}
