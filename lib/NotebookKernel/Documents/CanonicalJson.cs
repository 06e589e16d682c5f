using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>Writes JSON as <c>nbformat.write</c> does: keys sorted, one space a level, characters as they are.</summary>
/// <remarks>System.Text.Json's own writer escapes emoji whatever its encoder, so a Korean or emoji cell would change on every save.</remarks>
internal static class CanonicalJson
{
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, JsonNode? node, int level)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                var sorted = members.OrderBy(member => member.Key, StringComparer.Ordinal);
                WriteItems(
                    text,
                    '{',
                    '}',
                    sorted,
                    level,
                    member =>
                    {
                        WriteString(text, member.Key);
                        text.Append(": ");
                        Write(text, member.Value, level + 1);
                    }
                );
                break;
            case JsonArray items:
                WriteItems(text, '[', ']', items, level, item => Write(text, item, level + 1));
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String)
                    WriteString(text, node.GetValue<string>());
                else
                    text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteItems<T>(
        StringBuilder text,
        char open,
        char close,
        IEnumerable<T> items,
        int level,
        Action<T> write
    )
    {
        text.Append(open);
        var empty = true;
        foreach (var item in items)
        {
            text.Append(empty ? "\n" : ",\n").Append(' ', level + 1);
            empty = false;
            write(item);
        }
        if (!empty)
            text.Append('\n').Append(' ', level);
        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            switch (character)
            {
                case '"' or '\\':
                    text.Append('\\').Append(character);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                    break;
                case var _
                    when i + 1 < value.Length && char.IsSurrogatePair(character, value[i + 1]):
                    text.Append(character).Append(value[++i]);
                    break;
                default:
                    // A lone surrogate that a cell printed has no UTF-8 form.
                    text.Append(char.IsSurrogate(character) ? '\uFFFD' : character);
                    break;
            }
        }
        text.Append('"');
    }
}
