using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Workbook.CommandLine;

/// <summary>Texts with their vectors, an object a line, as search engines and databases load them.</summary>
internal static class JsonLinesFile
{
    // Korean stays Korean: this is no HTML.
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes <c>{"id":0,"text":"...","embedding":[...]}</c> a line; the id is the number of the row.</summary>
    public static void Write<T>(string path, IReadOnlyList<string> texts, T[][] rows)
        where T : unmanaged, IFormattable
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, Readable);
        for (var i = 0; i < rows.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i);
            json.WriteString("text", texts[i]);
            json.WriteStartArray("embedding");
            foreach (var number in rows[i])
                json.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            file.WriteByte((byte)'\n');
        }
    }
}
