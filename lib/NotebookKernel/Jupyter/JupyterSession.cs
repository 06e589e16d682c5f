using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>Reads and writes the messages of the Jupyter protocol 5.3, and signs them.</summary>
/// <remarks>The specification: https://jupyter-client.readthedocs.io/en/latest/messaging.html.</remarks>
/// <param name="key">The connection file's; empty where messages are not signed.</param>
internal sealed class JupyterSession(byte[] key)
{
    public const string ProtocolVersion = "5.3";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] Empty = "{}"u8.ToArray();

    // Not for a page: 가 stays 가, and a 20 MB output 20 MB.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string session = Guid.NewGuid().ToString();

    /// <summary>Reads a message.</summary>
    /// <returns>Null for one that is not signed as it should be, or is none: nobody answers that.</returns>
    public JupyterRequest? Read(IReadOnlyList<byte[]> frames)
    {
        var parts = frames.ToList();
        var delimiter = parts.FindIndex(part => part.AsSpan().SequenceEqual(Delimiter));
        // Signature, header, parent header, metadata, content, and perhaps binary buffers, which nothing here uses.
        if (delimiter < 0 || parts.Count < delimiter + 6)
            return null;
        var signed = parts.GetRange(delimiter + 2, 4);
        if (
            key.Length > 0
            && !CryptographicOperations.FixedTimeEquals(parts[delimiter + 1], Sign(signed))
        )
            return null;
        try
        {
            using var header = JsonDocument.Parse(signed[0]);
            using var content = JsonDocument.Parse(signed[3]);
            var type = header.RootElement.Text("msg_type");
            return type.Length == 0
                ? null
                : new(parts[..delimiter], signed[0], type, content.RootElement.Clone());
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes a message.</summary>
    /// <param name="routing">What stands before it: the request's, or the topic of a published one.</param>
    /// <param name="type">Such as <c>execute_reply</c>.</param>
    /// <param name="content">What it says.</param>
    /// <param name="parent">What caused it; null for none.</param>
    /// <param name="metadata">What else it says.</param>
    public IReadOnlyList<byte[]> Write(
        IReadOnlyList<byte[]> routing,
        string type,
        JsonObject content,
        JupyterRequest? parent,
        JsonObject? metadata = null
    )
    {
        var header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString(),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = Now(),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        };
        byte[][] signed =
        [
            Bytes(header),
            parent?.Header ?? Empty,
            metadata is null ? Empty : Bytes(metadata),
            Bytes(content),
        ];
        return [.. routing, Delimiter, key.Length > 0 ? Sign(signed) : [], .. signed];
    }

    /// <summary>The time as messages have it.</summary>
    public static string Now() =>
        DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Bytes(JsonObject value) =>
        JsonSerializer.SerializeToUtf8Bytes(value, Json);

    private byte[] Sign(IEnumerable<byte[]> signed)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in signed)
            hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
