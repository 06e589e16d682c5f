using System.Diagnostics;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>How long a model of KR-SBERT's size takes from its folder to its first vector, against reading its file once.</summary>
internal static class LoadBenchmark
{
    private const int Rounds = 3;

    public static Benchmark Create() =>
        new(
            "load",
            $"a model of 12 layers of 768 from safetensors, {Rounds} rounds, against reading the file",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        using var folder = new RandomModel();
        var (read, float32, int8) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            tell(round == 0 ? "warming up" : $"round {round} of {Rounds}");
            cancellation.ThrowIfCancellationRequested();
            var times = (
                Read: Seconds(() =>
                    File.ReadAllBytes(Path.Combine(folder.Path, "model.safetensors"))
                ),
                Float32: Seconds(() => SentenceTransformer.Load(folder.Path).Dispose()),
                Int8: Seconds(() =>
                    SentenceTransformer
                        .Load(folder.Path, new() { Precision = Precision.Int8 })
                        .Dispose()
                )
            );
            if (round == 0)
                continue;
            read.Add(times.Read);
            float32.Add(times.Float32);
            int8.Add(times.Int8);
        }
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>([
            new("read the file", "s", read),
            new("load", "s", float32),
            new("load in int8", "s", int8),
            new("load : read the file", "", [.. float32.Zip(read, (a, b) => a / b)]),
        ]);
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
