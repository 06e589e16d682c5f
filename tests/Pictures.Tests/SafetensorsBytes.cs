using System.Buffers.Binary;
using System.Text.Json;

namespace Pictures.Tests;

/// <summary>The tensors of bytes in a safetensors file of goldens, read without the library under test.</summary>
internal static class SafetensorsBytes
{
    public static IEnumerable<(string Name, int[] Shape, byte[] Values)> Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, length));
        foreach (var tensor in header.RootElement.EnumerateObject())
        {
            if (!tensor.Value.TryGetProperty("dtype", out var type) || type.GetString() is not "U8")
                continue;
            int[] Numbers(string key) =>
                [.. tensor.Value.GetProperty(key).EnumerateArray().Select(x => x.GetInt32())];
            var place = Numbers("data_offsets");
            yield return (
                tensor.Name,
                Numbers("shape"),
                file[(8 + length + place[0])..(8 + length + place[1])]
            );
        }
    }
}
