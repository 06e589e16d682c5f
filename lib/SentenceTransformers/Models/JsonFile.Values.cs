using System.Text.Json;

namespace SentenceTransformers;

// One value by its key.
internal sealed partial class JsonFile
{
    /// <summary>Whether the key is there and not null.</summary>
    public bool Has(string key) => TryGet(key, out _);

    /// <summary>A string, or null when the key is absent or null.</summary>
    public string? Text(string key) =>
        !TryGet(key, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? String(key, value)
        : throw Wrong(key, "a string", value);

    /// <summary>A string that must be there.</summary>
    public string RequiredText(string key) => Text(key) ?? throw Missing(key);

    /// <summary>A string of one code point that must be there.</summary>
    public string RequiredCharacter(string key) =>
        RequiredText(key) is var text && text.EnumerateRunes().Count() == 1
            ? text
            : throw Invalid(key, $"expected one character, found {text.Length:N0} UTF-16 units");

    /// <summary>A string of limited length that must be there.</summary>
    public string RequiredShortText(string key, int maximumLength) =>
        RequiredText(key) is var text && text.Length <= maximumLength
            ? text
            : throw Invalid(
                key,
                $"{text.Length:N0} characters, expected at most {maximumLength:N0}"
            );

    /// <summary>A boolean, or the default when the key is absent or null.</summary>
    public bool Flag(string key, bool otherwise) =>
        !TryGet(key, out var value) ? otherwise
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(key, "true or false", value);

    /// <summary>A boolean, or null when the key is absent or null.</summary>
    public bool? OptionalFlag(string key) => Has(key) ? Flag(key, false) : null;

    /// <summary>A boolean that must be there.</summary>
    public bool RequiredFlag(string key) => Has(key) ? Flag(key, false) : throw Missing(key);

    /// <summary>A whole number within bounds, or null when the key is absent or null.</summary>
    public int? Integer(string key, int minimum, int maximum)
    {
        if (!TryGet(key, out var value))
            return null;
        if (
            value.ValueKind != JsonValueKind.Number
            || !value.TryGetDouble(out var number)
            || number != Math.Floor(number)
        )
            throw Wrong(key, "a whole number", value);
        return number >= minimum && number <= maximum
            ? (int)number
            : throw new ModelFormatException(
                Path,
                $"{prefix}{key}: {value.GetRawText()} is not between {minimum} and {maximum}"
            );
    }

    /// <summary>A whole number that must be there.</summary>
    public int RequiredInteger(string key, int minimum, int maximum) =>
        Integer(key, minimum, maximum) ?? throw Missing(key);

    /// <summary>A finite number, or null when the key is absent or null.</summary>
    public double? Number(string key)
    {
        if (!TryGet(key, out var value))
            return null;
        return
            value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number)
            && double.IsFinite(number)
            ? number
            : throw Wrong(key, "a finite number", value);
    }

    /// <summary>An object, or null when the key is absent or null.</summary>
    public JsonFile? Object(string key) =>
        !TryGet(key, out var value) ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonFile(Path, value, $"{prefix}{key}.")
        : throw Wrong(key, "an object", value);

    /// <summary>An object that must be there.</summary>
    public JsonFile RequiredObject(string key) => Object(key) ?? throw Missing(key);

    /// <summary>Whether the key is there and an object.</summary>
    public bool IsObject(string key) =>
        TryGet(key, out var value) && value.ValueKind == JsonValueKind.Object;
}
