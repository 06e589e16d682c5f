using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workbook;

/// <summary>The exercises of all lessons, from notebooks/exercises.json: a file that a teacher may edit.</summary>
internal static class ExerciseBook
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The exercise of that number.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="InvalidDataException">The file is missing, or not as it should be.</exception>
    public static Exercise Find(string id)
    {
        var exercises = Read(Lesson.FindFile("notebooks", "exercises.json"));
        return exercises.FirstOrDefault(exercise => exercise.Id == id)
            ?? throw new ArgumentException(
                $"no exercise '{id}'; there are {string.Join(", ", exercises.Select(one => one.Id))}",
                nameof(id)
            );
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is not as it should be.</exception>
    public static IReadOnlyList<Exercise> Read(string path) => Read<Exercise>(path);

    /// <summary>Reads a file whose exercises have more to them.</summary>
    /// <exception cref="InvalidDataException">It is not as it should be.</exception>
    public static IReadOnlyList<T> Read<T>(string path)
        where T : Exercise
    {
        try
        {
            return JsonSerializer.Deserialize<T[]>(File.ReadAllBytes(path), Options)
                ?? throw new JsonException("expected a list of exercises");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }
}
