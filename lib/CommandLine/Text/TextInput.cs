using System.Text;
using System.Text.Json;

namespace Workbook.CommandLine;

/// <summary>Texts from standard input: one a line, or one JSON object a line.</summary>
internal static class TextInput
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads every text.</summary>
    /// <param name="input">UTF-8, with or without a byte order mark; \n or \r\n.</param>
    /// <param name="jsonLines">Whether each line is <c>{"text": "..."}</c>, so that a text may hold tabs and newlines.</param>
    /// <exception cref="UsageException">There is none, or a line cannot be read; the message names the line.</exception>
    public static List<string> ReadTexts(Stream input, bool jsonLines) =>
        [.. ReadLines(input).Select((line, i) => jsonLines ? Json(line, i, "text") : line)];

    /// <summary>Reads pairs of texts: separated by one tab, or <c>{"text": "...", "pair": "..."}</c>.</summary>
    public static List<(string Text, string Pair)> ReadPairs(Stream input, bool jsonLines) =>
        [
            .. ReadLines(input)
                .Select(
                    (line, i) =>
                        jsonLines ? (Json(line, i, "text"), Json(line, i, "pair")) : Tabbed(line, i)
                ),
        ];

    private static List<string> ReadLines(Stream input)
    {
        using var buffer = new MemoryStream();
        input.CopyTo(buffer);
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[3..];
        if (bytes.IsEmpty)
            throw new UsageException("no text on standard input, expected one a line");
        var lines = new List<string>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if (line.EndsWith("\r"u8))
                line = line[..^1];
            lines.Add(Decode(line, lines.Count + 1));
        }
        return lines;
    }

    private static string Decode(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException error)
        {
            var bytes = error.BytesUnknown is { } unknown ? Convert.ToHexString(unknown) : "";
            throw new UsageException(
                $"line {number}: not UTF-8 (at byte {error.Index}: {bytes}); save the text as UTF-8"
            );
        }
    }

    private static string Json(string line, int index, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(key, out var value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new UsageException(
                    $"line {index + 1}: expected an object with a string \"{key}\""
                );
        }
        catch (JsonException error)
        {
            throw new UsageException(
                $"line {index + 1}: not valid JSON: {error.Message.Split(" LineNumber:")[0]}"
            );
        }
        catch (InvalidOperationException)
        {
            throw new UsageException(
                $"line {index + 1}: \"{key}\" holds half a surrogate pair, which is no character"
            );
        }
    }

    private static (string, string) Tabbed(string line, int index)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab >= 0 && line.IndexOf('\t', tab + 1) < 0
            ? (line[..tab], line[(tab + 1)..])
            : throw new UsageException(
                $"line {index + 1}: expected two texts separated by one tab"
            );
    }
}
