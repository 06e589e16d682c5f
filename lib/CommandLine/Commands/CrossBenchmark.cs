using System.Diagnostics;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Pairs a second of a cross-encoder of KR-SBERT's shape, scheduled and in batches of 32 as the pairs come.</summary>
internal static class CrossBenchmark
{
    private const int Rounds = 5;
    private const int Pairs = 64;
    private const int NaiveBatch = 32;

    public static Benchmark Create() =>
        new(
            "cross",
            $"{Pairs} pairs through a cross-encoder of 12 layers of 768, {Rounds} rounds, against input order",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        using var folder = new RandomModel(classifier: true);
        using var model = CrossEncoder.Load(folder.Path);
        var texts = BenchmarkTexts.Create(2 * Pairs);
        var pairs = texts.Take(Pairs).Zip(texts.Skip(Pairs)).ToArray();
        var (scheduled, inOrder) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            tell(round == 0 ? "warming up" : $"round {round} of {Rounds}");
            cancellation.ThrowIfCancellationRequested();
            var rates = (
                Scheduled: Rate(() => model.Predict(pairs)),
                InOrder: Rate(() =>
                    Parallel.ForEach(
                        pairs.Chunk(NaiveBatch),
                        batch =>
                            model.Transformer.Forward(
                                model.Transformer.Batch([
                                    .. batch.Select(pair =>
                                        model.Transformer.Tokenize(pair.First, pair: pair.Second)
                                    ),
                                ])
                            )
                    )
                )
            );
            if (round == 0)
                continue;
            scheduled.Add(rates.Scheduled);
            inOrder.Add(rates.InOrder);
        }
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>([
            new("scheduled", "/s", scheduled),
            new("input order, batches of 32", "/s", inOrder),
            new("scheduled : input order", "", [.. scheduled.Zip(inOrder, (a, b) => a / b)]),
        ]);
    }

    private static double Rate(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Pairs / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
