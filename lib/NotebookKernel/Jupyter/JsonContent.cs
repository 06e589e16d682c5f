using System.Text.Json;

namespace NotebookKernel;

/// <summary>Reads what a front end put into a message, in the types that the protocol gives it.</summary>
internal static class JsonContent
{
    /// <summary>A text; empty where there is none.</summary>
    /// <exception cref="FormatException">It is no text.</exception>
    public static string Text(this JsonElement content, string key) =>
        !TryGet(content, key, out var value)
            ? ""
            : TryText(value) ?? throw new FormatException($"{key}: expected a string");

    /// <summary>Yes or no.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static bool Flag(this JsonElement content, string key, bool otherwise) =>
        !TryGet(content, key, out var value)
            ? otherwise
            : value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw new FormatException($"{key}: expected true or false"),
            };

    /// <summary>A whole number; null where there is none.</summary>
    /// <exception cref="FormatException">It is none, or too large.</exception>
    public static int? Number(this JsonElement content, string key) =>
        !TryGet(content, key, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : throw new FormatException($"{key}: expected a whole number");

    /// <summary>The names in an object; none where there is no such object.</summary>
    public static IEnumerable<string> Names(this JsonElement content, string key) =>
        TryGet(content, key, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Select(property => property.Name)
            : [];

    /// <summary>A string's text; null where the value is none, or half of a surrogate pair stands alone in it.</summary>
    public static string? TryText(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // What is null counts as left out, as in Python's clients.
    private static bool TryGet(JsonElement content, string key, out JsonElement value)
    {
        value = default;
        return content.ValueKind == JsonValueKind.Object
            && content.TryGetProperty(key, out value)
            && value.ValueKind != JsonValueKind.Null;
    }
}
