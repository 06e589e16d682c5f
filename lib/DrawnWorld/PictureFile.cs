using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrawnWorld;

/// <summary>A picture file and the scene that is drawn on it.</summary>
/// <param name="File">The file's path, below the folder of the list that it stands in.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Scene">What it shows.</param>
public sealed record PictureFile(string File, int Width, int Height, Scene Scene)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The pictures of a list: a JSON object a line.</summary>
    /// <param name="path">The list's file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">A line is not such an object.</exception>
    public static IReadOnlyList<PictureFile> ReadList(string path) =>
        [
            .. System
                .IO.File.ReadLines(path)
                .Select(line => JsonSerializer.Deserialize<PictureFile>(line, Options)!),
        ];
}
