using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Pairs a second of a cross-encoder of KR-SBERT's shape, scheduled and in batches of 32 as the pairs come.</summary>
internal static class CrossBenchmark
{
    private const int Rounds = 3;
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
        tell("writing a model of random weights");
        using var folder = new RandomModel(classifier: true);
        using var model = CrossEncoder.Load(folder.Path);
        using var int8 = CrossEncoder.Load(folder.Path, new() { Precision = Precision.Int8 });
        var texts = BenchmarkTexts.Create(2 * Pairs);
        var pairs = texts.Take(Pairs).Zip(texts.Skip(Pairs)).ToArray();
        const string ours = "fp32";
        const string reduced = "int8";
        const string inOrder = "fp32 in input order, batches of 32";
        var turns = new Turns();
        turns.Add(ours, () => Rate(() => model.Predict(pairs)));
        turns.Add(reduced, () => Rate(() => int8.Predict(pairs)));
        turns.Add(inOrder, () => Rate(() => PredictInOrder(model, pairs)));
        turns.Run(Rounds, tell, cancellation);
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>([
            .. turns.Names.Select(name => turns.Row(name, "/s")),
            turns.Ratio(ours, inOrder),
            turns.Ratio(reduced, ours),
        ]);
    }

    private static double Rate(Action predict) => Pairs / Turns.Seconds(predict);

    private static void PredictInOrder(CrossEncoder model, (string First, string Second)[] pairs) =>
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
        );
}
