using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SentenceTransformers;

/// <summary>A JSON object of a model folder, read with errors that name the file and the key.</summary>
/// <remarks>Downloaded files are hostile until proven otherwise: size and depth are limited, types are checked.</remarks>
internal sealed partial class JsonFile
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 64,
        AllowTrailingCommas = true,
    };

    private readonly JsonElement element;
    private readonly string prefix;

    private JsonFile(string path, JsonElement element, string prefix)
    {
        Path = path;
        this.element = element;
        this.prefix = prefix;
    }

    /// <summary>The file, for error messages.</summary>
    public string Path { get; }

    /// <summary>The names of the keys of this object, in the file's order.</summary>
    public IEnumerable<string> Keys => element.EnumerateObject().Select(KeyOf);

    /// <summary>Reads a file whose root is an object.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="ModelFormatException">The file is not a JSON object.</exception>
    public static JsonFile ReadObject(string path) =>
        ParseObject(path, BoundedFile.Read(path, "a JSON file"));

    /// <summary>Reads a file whose root is an array of objects.</summary>
    public static IReadOnlyList<JsonFile> ReadArray(string path) =>
        Parse(path, BoundedFile.Read(path, "a JSON file"))
            .Expect(JsonValueKind.Array, "a JSON array")
            .Items("")
            .ToArray();

    /// <summary>Reads a JSON object that is already in memory, as the header of a safetensors file is.</summary>
    public static JsonFile ParseObject(string path, ReadOnlyMemory<byte> json) =>
        Parse(path, json).Expect(JsonValueKind.Object, "a JSON object");

    /// <summary>The error for a key whose value is not supported or contradicts another.</summary>
    public ModelFormatException Invalid(string key, string problem) =>
        new(Path, $"{prefix}{key}: {problem}");

    private JsonFile Expect(JsonValueKind kind, string expected) =>
        element.ValueKind == kind
            ? this
            : throw new ModelFormatException(Path, $"expected {expected}, found {Name(element)}");

    private static JsonFile Parse(string path, ReadOnlyMemory<byte> json)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (json.Span.StartsWith(byteOrderMark))
            json = json[3..];
        try
        {
            return new JsonFile(path, JsonDocument.Parse(json, Options).RootElement, "");
        }
        catch (JsonException error)
        {
            throw new ModelFormatException(
                path,
                $"not valid JSON at line {error.LineNumber + 1}: {error.Message.Split(" LineNumber:")[0]}",
                error
            );
        }
    }

    private bool TryGet(string key, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;
        }
        catch (InvalidOperationException error) // an escaped lone surrogate in another name
        {
            throw InvalidName(error);
        }
    }

    private string String(string key, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException error) // an escaped lone surrogate
        {
            throw new ModelFormatException(Path, $"{prefix}{key}: not valid Unicode", error);
        }
    }

    private string KeyOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException error) // invalid UTF-8, or an escaped lone surrogate
        {
            throw InvalidName(error);
        }
    }

    private ModelFormatException InvalidName(InvalidOperationException error) =>
        new(Path, $"{prefix.TrimEnd('.')}: holds a key that is not valid Unicode", error);

    private ModelFormatException Missing(string key) => new(Path, $"{prefix}{key}: missing");

    private ModelFormatException Wrong(string key, string expected, JsonElement found) =>
        new(Path, $"{prefix}{key}: expected {expected}, found {Name(found)}");

    [SuppressMessage("Globalization", "CA1308", Justification = "JSON's own names are lower case.")]
    private static string Name(JsonElement element)
    {
        var text = element.ValueKind
            is JsonValueKind.Object
                or JsonValueKind.Array
                or JsonValueKind.Null
            ? ""
            : element.GetRawText();
        var kind = element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? "boolean"
            : element.ValueKind.ToString().ToLowerInvariant();
        return text.Length is 0 or > 40 ? kind : $"{kind} {text}";
    }
}
