using System.Diagnostics;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>One short sentence through the embedded model, warm: all that encoding does, against the transformer's run alone.</summary>
internal static class SingleBenchmark
{
    private const int Rounds = 9;
    private const int Calls = 100;

    public static Benchmark Create() =>
        new(
            "single",
            $"ko-mini, one sentence: encoding against the transformer alone, the median of {Calls} calls in {Rounds} rounds",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        const string text = "오늘 날씨가 좋아요";
        var start = Stopwatch.GetTimestamp();
        using var model = SentenceTransformer.Load("ko-mini");
        var load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var features = model.Tokenize([text]);
        var (encode, run, bytes) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            tell(round == 0 ? "warming up" : $"round {round} of {Rounds}");
            cancellation.ThrowIfCancellationRequested();
            var before = GC.GetAllocatedBytesForCurrentThread();
            model.Encode(text);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var (whole, alone) = (new double[Calls], new double[Calls]);
            for (var call = 0; call < Calls; call++)
            {
                whole[call] = Milliseconds(() => model.Encode(text));
                alone[call] = Milliseconds(() => model.Transformer.Forward(features));
            }
            if (round == 0)
                continue;
            encode.Add(BenchmarkRow.MedianOf(whole));
            run.Add(BenchmarkRow.MedianOf(alone));
            bytes.Add(allocated);
        }
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>([
            new("encode", "ms", encode),
            new("transformer alone", "ms", run),
            new("encode : transformer alone", "", [.. encode.Zip(run, (a, b) => a / b)], "< 1.2"),
            new("allocated by an encode", "B", bytes),
            new("load, once in this process", "ms", [load], "< 300"),
        ]);
    }

    private static double Milliseconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
