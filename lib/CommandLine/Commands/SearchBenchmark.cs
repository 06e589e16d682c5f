using System.Diagnostics;
using System.Globalization;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>How long exact search over vectors in memory takes as the corpus grows: where another engine begins to pay.</summary>
internal static class SearchBenchmark
{
    private const int Rounds = 5;
    private const int Dimension = 256;
    private const int TopK = 10;
    private static readonly int[] Sizes = [10_000, 20_000, 40_000, 80_000, 160_000];

    public static Benchmark Create() =>
        new(
            "search",
            $"exact top {TopK} of one query by cosine, {Dimension} numbers a vector, {Rounds} rounds",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        var random = new Random(1);
        var corpus = Enumerable.Range(0, Sizes[^1]).Select(_ => Vector(random)).ToArray();
        var query = Vector(random);
        var times = Sizes.ToDictionary(size => size, _ => new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            tell(round == 0 ? "warming up" : $"round {round} of {Rounds}");
            foreach (var size in Sizes)
            {
                cancellation.ThrowIfCancellationRequested();
                var part = corpus[..size];
                var start = Stopwatch.GetTimestamp();
                SemanticSearch.Search(query, part, TopK);
                if (round > 0)
                    times[size].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>([
            .. times.Select(time => new BenchmarkRow(
                string.Create(CultureInfo.InvariantCulture, $"{time.Key:N0} vectors"),
                "ms",
                time.Value
            )),
            new(
                "exponent of growth",
                "",
                [.. Enumerable.Range(0, Rounds).Select(round => Exponent(times, round))],
                "1"
            ),
        ]);
    }

    /// <summary>The slope of log time over log size: 1 where twice the vectors take twice the time.</summary>
    private static double Exponent(Dictionary<int, List<double>> times, int round)
    {
        var x = Sizes.Select(size => Math.Log(size)).ToArray();
        var y = Sizes.Select(size => Math.Log(times[size][round])).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum()
            / x.Sum(a => (a - meanX) * (a - meanX));
    }

    private static float[] Vector(Random random) =>
        [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
}
