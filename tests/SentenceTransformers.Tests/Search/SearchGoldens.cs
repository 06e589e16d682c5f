using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>goldens/util: results of sentence-transformers 6 for one set of embeddings and many arguments.</summary>
internal static class SearchGoldens
{
    /// <summary>A golden file: our own copy, or the one beside the repository, which may hold more cases.</summary>
    public static JsonElement Read(string name, bool shared) =>
        Goldens.Json(
            shared ? Goldens.Shared($"util/{name}.json") : Goldens.Own($"util/{name}.json")
        );

    public static IEnumerable<(string Name, JsonElement Arguments, JsonElement Case)> Cases(
        JsonElement golden
    )
    {
        var cases = golden
            .GetProperty("cases")
            .EnumerateArray()
            .Select(c => (c.GetProperty("name").GetString()!, c.GetProperty("args"), c))
            .ToArray();
        Assert.NotEmpty(cases);
        return cases;
    }

    public static int Integer(this JsonElement arguments, string name, int otherwise) =>
        arguments.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    public static SimilarityFunction ScoreFunction(this JsonElement arguments) =>
        !arguments.TryGetProperty("score_function", out var name)
            ? SimilarityFunction.Cosine
            : name.GetString() switch
            {
                "cos_sim" => SimilarityFunction.Cosine,
                "dot_score" => SimilarityFunction.Dot,
                "euclidean_sim" => SimilarityFunction.Euclidean,
                "manhattan_sim" => SimilarityFunction.Manhattan,
                var other => throw new InvalidDataException(other),
            };

    /// <summary>Absolute up to 1 and relative beyond, as floats lie further apart there than 1e-6.</summary>
    public static void AssertScore(float expected, float actual, string what) =>
        Assert.True(
            MathF.Abs(expected - actual) <= 1e-6f * MathF.Max(1, MathF.Abs(expected)),
            $"{what}: expected {expected:G9}, found {actual:G9}"
        );
}
