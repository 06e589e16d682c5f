using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EmbeddingServer;

/// <summary>The JSON object that a request consists of, read with errors that name the key.</summary>
internal sealed class RequestBody
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private readonly JsonElement root;

    private RequestBody(JsonElement root) => this.root = root;

    /// <exception cref="ApiException">It is no JSON object.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request)
    {
        try
        {
            using var document = await JsonDocument
                .ParseAsync(request.Body, Options, request.HttpContext.RequestAborted)
                .ConfigureAwait(false);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RequestBody(document.RootElement.Clone())
                : throw new ApiException(400, "the body is no JSON object");
        }
        catch (JsonException error)
        {
            throw new ApiException(400, $"the body is no JSON: {error.Message}");
        }
    }

    /// <summary>A string, or null where the key is absent.</summary>
    public string? Text(string key) =>
        !TryGet(key, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? String(key, value)
        : throw new ApiException(400, $"{key}: expected a string", key);

    /// <summary>A string that must be there.</summary>
    public string RequiredText(string key) =>
        Text(key) ?? throw new ApiException(400, $"{key}: missing", key);

    /// <summary>One string, or an array of strings or of objects with a key "text"; at least one.</summary>
    public string[] RequiredTexts(string key, int maximum)
    {
        if (!TryGet(key, out var value))
            throw new ApiException(400, $"{key}: missing", key);
        if (value.ValueKind == JsonValueKind.String)
            return [String(key, value)];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            throw new ApiException(
                400,
                $"{key}: expected a string, or an array of at least one",
                key
            );
        if (value.GetArrayLength() > maximum)
            throw new ApiException(
                400,
                $"{key}: {value.GetArrayLength():N0} texts, expected at most {maximum:N0}",
                key
            );
        return [.. value.EnumerateArray().Select((item, i) => TextOf($"{key}[{i}]", item))];
    }

    /// <summary>A whole number of at least 1, or null where the key is absent.</summary>
    public int? Positive(string key) =>
        !TryGet(key, out var value) ? null
        : value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var number)
        && number >= 1
            ? number
        : throw new ApiException(400, $"{key}: expected a whole number of at least 1", key);

    /// <summary>true or false; false where the key is absent.</summary>
    public bool Flag(string key) =>
        TryGet(key, out var value)
        && (
            value.ValueKind == JsonValueKind.True
            || (
                value.ValueKind == JsonValueKind.False
                    ? false
                    : throw new ApiException(400, $"{key}: expected true or false", key)
            )
        );

    private bool TryGet(string key, out JsonElement value) =>
        root.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;

    private static string TextOf(string key, JsonElement item) =>
        item.ValueKind switch
        {
            JsonValueKind.String => String(key, item),
            JsonValueKind.Object
                when item.TryGetProperty("text", out var text)
                    && text.ValueKind == JsonValueKind.String => String(key, text),
            _ => throw new ApiException(
                400,
                $"{key}: expected a string (token ids are a model's own, and not taken)",
                key
            ),
        };

    private static string String(string key, JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException) // an escaped lone surrogate
        {
            throw new ApiException(400, $"{key}: not valid Unicode", key);
        }
    }
}
