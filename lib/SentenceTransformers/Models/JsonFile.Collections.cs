using System.Text.Json;

namespace SentenceTransformers;

// Several values by one key, or by all keys.
internal sealed partial class JsonFile
{
    private delegate bool TryRead<T>(JsonElement item, out T value);

    /// <summary>The objects of an array, empty when the key is absent or null.</summary>
    public IReadOnlyList<JsonFile> Objects(string key) =>
        !TryGet(key, out var value) ? []
        : value.ValueKind == JsonValueKind.Array
            ? new JsonFile(Path, value, prefix).Items(key).ToArray()
        : throw Wrong(key, "an array", value);

    /// <summary>The whole numbers of an array that must be there.</summary>
    public long[] RequiredIntegers(string key) =>
        ArrayOf(
            key,
            "an array of whole numbers",
            (JsonElement item, out long number) => item.TryGetInt64(out number),
            JsonValueKind.Number
        ) ?? throw Missing(key);

    /// <summary>The finite numbers of an array, empty when the key is absent or null.</summary>
    public double[] Numbers(string key) =>
        ArrayOf(
            key,
            "an array of finite numbers",
            (JsonElement item, out double number) =>
                item.TryGetDouble(out number) && double.IsFinite(number),
            JsonValueKind.Number
        ) ?? [];

    /// <summary>The strings of an array, or the one string in its place; empty when the key is absent or null.</summary>
    public string[] Texts(string key)
    {
        if (TryGet(key, out var value) && value.ValueKind != JsonValueKind.Array)
            return value.ValueKind == JsonValueKind.String
                ? [String(key, value)]
                : throw Wrong(key, "a string or an array of strings", value);
        return ArrayOf(
                key,
                "an array of strings",
                (JsonElement item, out string text) =>
                {
                    text = String(key, item);
                    return true;
                },
                JsonValueKind.String
            ) ?? [];
    }

    /// <summary>An array whose items are strings, or arrays of two strings, as merges are; each with one or two.</summary>
    public IEnumerable<string[]> TextsOrPairs(string key)
    {
        if (!TryGet(key, out var value))
            throw Missing(key);
        const string expected = "an array of strings or of pairs of strings";
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(key, expected, value);
        foreach (var item in value.EnumerateArray())
            yield return item.ValueKind == JsonValueKind.String ? [String(key, item)]
            : item.ValueKind == JsonValueKind.Array
            && item.GetArrayLength() == 2
            && item.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String)
                ? [String(key, item[0]), String(key, item[1])]
            : throw Wrong(key, expected, item);
    }

    /// <summary>An array of a string and a whole number that must be there, as <c>["[SEP]", 3]</c> is.</summary>
    public (string Text, long Number) RequiredTextAndInteger(string key)
    {
        if (!TryGet(key, out var value))
            throw Missing(key);
        return
            value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() == 2
            && value[0].ValueKind == JsonValueKind.String
            && value[1].ValueKind == JsonValueKind.Number
            && value[1].TryGetInt64(out var number)
            ? (String(key, value[0]), number)
            : throw Wrong(key, "an array of a string and a whole number", value);
    }

    /// <summary>The items of an array that must be there, each an array of a string and a finite number.</summary>
    /// <param name="key">The array's key.</param>
    /// <param name="maximum">The most items that are read.</param>
    public List<(string Text, double Number)> RequiredTextsWithNumbers(string key, int maximum)
    {
        const string expected = "an array of a string and a finite number";
        if (!TryGet(key, out var value))
            throw Missing(key);
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(key, $"an array, each item {expected}", value);
        var count = value.GetArrayLength();
        if (count > maximum)
            throw Invalid(key, $"{count:N0} items, expected at most {maximum:N0}");
        var items = new List<(string, double)>(count);
        foreach (var item in value.EnumerateArray())
        {
            var itemKey = $"{key}[{items.Count}]";
            items.Add(
                item.ValueKind == JsonValueKind.Array
                && item.GetArrayLength() == 2
                && item[0].ValueKind == JsonValueKind.String
                && item[1].ValueKind == JsonValueKind.Number
                && item[1].TryGetDouble(out var number)
                && double.IsFinite(number)
                    ? (String(itemKey, item[0]), number)
                    : throw Wrong(itemKey, expected, item)
            );
        }
        return items;
    }

    /// <summary>Every key of this object with its value, a whole number within bounds; repeated keys are repeated.</summary>
    public IEnumerable<(string Key, int Value)> Integers(int minimum, int maximum)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = KeyOf(property);
            var value = property.Value;
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
                throw Wrong(key, "a whole number", value);
            if (number < minimum || number > maximum)
                throw Invalid(key, $"{number} is not between {minimum} and {maximum}");
            yield return (key, (int)number);
        }
    }

    /// <summary>Every member of this object by its name, each of them an object.</summary>
    public IEnumerable<(string Name, JsonFile Value)> ObjectMembers() =>
        Members(JsonValueKind.Object, "an object")
            .Select(member =>
                (member.Name, new JsonFile(Path, member.Value, $"{prefix}{member.Name}."))
            );

    /// <summary>Every member of this object by its name, each of them a string.</summary>
    public IEnumerable<(string Name, string Value)> TextMembers() =>
        Members(JsonValueKind.String, "a string")
            .Select(member => (member.Name, String(member.Name, member.Value)));

    private IEnumerable<(string Name, JsonElement Value)> Members(
        JsonValueKind kind,
        string expected
    )
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = KeyOf(member);
            if (member.Value.ValueKind != kind)
                throw Wrong(name, expected, member.Value);
            yield return (name, member.Value);
        }
    }

    /// <summary>The items of an array, each of one kind and read in one way; null when the key is absent or null.</summary>
    private T[]? ArrayOf<T>(string key, string expected, TryRead<T> read, JsonValueKind kind)
    {
        if (!TryGet(key, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(key, expected, value);
        return
        [
            .. value
                .EnumerateArray()
                .Select(item =>
                    item.ValueKind == kind && read(item, out var one)
                        ? one
                        : throw Wrong(key, expected, item)
                ),
        ];
    }

    private IEnumerable<JsonFile> Items(string key) =>
        element
            .EnumerateArray()
            .Select(
                (item, i) =>
                    item.ValueKind == JsonValueKind.Object
                        ? new JsonFile(Path, item, $"{prefix}{key}[{i}].")
                        : throw new ModelFormatException(
                            Path,
                            $"{prefix}{key}[{i}]: expected an object, found {Name(item)}"
                        )
            );
}
