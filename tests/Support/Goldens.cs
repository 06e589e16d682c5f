using System.Globalization;
using System.Text.Json;

namespace Workbook.TestSupport;

/// <summary>Reference answers computed by other people's code: our own copies, and the larger set beside the repository.</summary>
internal static class Goldens
{
    /// <summary>The repository's root: the nearest folder above the tests that holds Workbook.sln.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>A file or folder of tests/goldens, which every clone has.</summary>
    public static string Own(string path) => Path.Combine(Repository, "tests", "goldens", path);

    /// <summary>A file or folder of ../shared/goldens; the test is skipped, and says so, where that is absent.</summary>
    public static string Shared(string path)
    {
        var shared = Path.GetFullPath(Path.Combine(Repository, "..", "shared", "goldens"));
        Assert.SkipUnless(
            Directory.Exists(shared),
            $"needs ../shared/goldens/{path}, which a fresh clone has not"
        );
        return Path.Combine(shared, path);
    }

    /// <summary>Reads a golden JSON file.</summary>
    public static JsonElement Json(string path)
    {
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    /// <summary>The numbers of a golden tensor, row after row; "NaN" and "Infinity" are strings there.</summary>
    public static float[] Floats(JsonElement tensor) =>
        [
            .. tensor
                .GetProperty("data")
                .EnumerateArray()
                .Select(value =>
                    value.ValueKind == JsonValueKind.String
                        ? float.Parse(value.GetString()!, CultureInfo.InvariantCulture)
                        : value.GetSingle()
                ),
        ];

    /// <summary>The whole numbers of a golden tensor, row after row.</summary>
    public static long[] Integers(JsonElement tensor) =>
        [.. tensor.GetProperty("data").EnumerateArray().Select(value => value.GetInt64())];

    /// <summary>The shape of a golden tensor.</summary>
    public static int[] Shape(JsonElement tensor) =>
        [.. tensor.GetProperty("shape").EnumerateArray().Select(value => value.GetInt32())];

    /// <summary>A golden matrix as rows.</summary>
    public static float[][] Rows(JsonElement tensor) =>
        [.. Floats(tensor).Chunk(Shape(tensor)[^1])];

    /// <summary>Holds two rows of numbers equal to within an absolute tolerance; infinities must be the same infinity.</summary>
    public static void AssertClose(
        ReadOnlySpan<float> expected,
        ReadOnlySpan<float> actual,
        float tolerance,
        string what
    )
    {
        Assert.True(
            expected.Length == actual.Length,
            $"{what}: expected {expected.Length} numbers, found {actual.Length}"
        );
        for (var i = 0; i < expected.Length; i++)
            if (
                !(
                    expected[i] == actual[i]
                    || MathF.Abs(expected[i] - actual[i]) <= tolerance
                    || float.IsNaN(expected[i]) && float.IsNaN(actual[i])
                )
            )
                Assert.Fail(
                    $"{what}[{i}]: expected {expected[i]:G9}, found {actual[i]:G9}, tolerance {tolerance:G3}"
                );
    }

    private static string FindRepository()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
            if (File.Exists(Path.Combine(folder.FullName, "Workbook.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"no Workbook.sln above {AppContext.BaseDirectory}");
    }
}
