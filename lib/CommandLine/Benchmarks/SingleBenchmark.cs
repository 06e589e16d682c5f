using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>One sentence, warm: all that encoding does against the transformer's run alone, and one thread against all.</summary>
internal static class SingleBenchmark
{
    private const int Rounds = 9;
    private const int Calls = 100;
    private const int LargeCalls = 5;

    public static Benchmark Create() =>
        new(
            "single",
            $"one sentence, the median of {Calls} calls in {Rounds} rounds: ko-mini against its transformer alone; 12 layers of 768 with one thread against all",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        const string text = "오늘 날씨가 좋아요";
        using var folder = new RandomModel();
        using var model = SentenceTransformer.Load("ko-mini");
        using var int8 = SentenceTransformer.Load("ko-mini", new() { Precision = Precision.Int8 });
        using var large = SentenceTransformer.Load(folder.Path);
        using var wide = SentenceTransformer.Load(
            folder.Path,
            new() { ThreadsPerRun = Environment.ProcessorCount }
        );
        var features = model.Tokenize([text]);
        const string encode = "ko-mini, encode";
        const string alone = "ko-mini, transformer alone";
        const string reduced = "ko-mini in int8, encode";
        const string oneThread = "12 layers of 768, one thread";
        const string allThreads = "12 layers of 768, all threads";
        var turns = new Turns();
        turns.Add(encode, () => Median(Calls, () => model.Encode(text)));
        turns.Add(alone, () => Median(Calls, () => model.Transformer.Forward(features)));
        turns.Add(reduced, () => Median(Calls, () => int8.Encode(text)));
        turns.Add(oneThread, () => Median(LargeCalls, () => large.Encode(text)));
        turns.Add(allThreads, () => Median(LargeCalls, () => wide.Encode(text)));
        turns.Run(Rounds, tell, cancellation);
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>([
            .. turns.Names.Select(name => turns.Row(name, "ms")),
            turns.Ratio(encode, alone, "< 1.2"),
            turns.Ratio(encode, reduced),
            turns.Ratio(oneThread, allThreads),
            new("allocated by an encode", "B", [Allocated(() => model.Encode(text))]),
        ]);
    }

    private static double Median(int calls, Action call) =>
        1000
        * BenchmarkRow.MedianOf([.. Enumerable.Range(0, calls).Select(_ => Turns.Seconds(call))]);

    private static double Allocated(Action call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
