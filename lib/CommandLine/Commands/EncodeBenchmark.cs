using System.Diagnostics;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Sentences a second of a model of KR-SBERT's shape: ours, our own naive ways, and torch, in turn.</summary>
internal static class EncodeBenchmark
{
    private const int Rounds = 3;
    private const int Texts = 96;
    private const int NaiveBatch = 32;

    public static Benchmark Create() =>
        new(
            "encode",
            $"{Texts} sentences through 12 layers of 768, {Rounds} rounds: tokens' batches, input order, plain graph, int8, torch",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        tell("writing a model of random weights");
        using var folder = new RandomModel();
        using var fused = SentenceTransformer.Load(folder.Path);
        using var plain = SentenceTransformer.Load(folder.Path);
        using var int8 = SentenceTransformer.Load(
            folder.Path,
            new() { Precision = Precision.Int8 }
        );
        using var sgemm = new SgemmLimit();
        var texts = BenchmarkTexts.Create(Texts);
        var tokens = texts.Sum(text => fused.CountTokens(text));
        using var torch = TorchPeer.Start(folder, fused, texts);
        if (torch is null)
            tell("torch: skipped, no Python here imports it");

        const string ours = "fp32";
        const string reduced = "int8";
        const string inOrder = "fp32, input order, batches of 32";
        const string plainly = "fp32, plain graph";
        const string python = "torch, sentence-transformers' batches";
        var ways = new Dictionary<string, Func<double>>
        {
            [ours] = () => Seconds(() => fused.Encode(texts)),
            [reduced] = () => Seconds(() => int8.Encode(texts)),
            [plainly] = () => Seconds(() => plain.Encode(texts)),
            [inOrder] = () => Seconds(() => EncodeInOrder(fused, texts)),
        };
        if (torch is not null)
            ways[python] = torch.Encode;
        var rates = ways.ToDictionary(way => way.Key, _ => new List<double>());
        var limits = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            tell(round == 0 ? "warming up" : $"round {round} of {Rounds}");
            foreach (var (name, way) in ways)
            {
                cancellation.ThrowIfCancellationRequested();
                var rate = texts.Length / way();
                if (round > 0)
                    rates[name].Add(rate);
            }
            var limit = sgemm.Measure();
            if (round > 0)
                limits.Add(limit);
        }
        var flopsPerText = folder.FlopsPerToken * tokens / texts.Length;
        List<BenchmarkRow> rows =
        [
            .. rates.Select(rate => new BenchmarkRow(rate.Key, "/s", rate.Value)),
        ];
        foreach (var peer in rates.Keys.Where(name => name is not (ours or reduced)))
            rows.Add(Ratio(ours, peer, peer == python ? ">= 3" : ""));
        rows.Add(Ratio(reduced, ours, ""));
        if (torch is not null)
            rows.Add(Ratio(reduced, python, ">= 7"));
        rows.Add(new("MLAS sgemm, all cores", "GF/s", limits));
        rows.Add(
            new(
                $"{ours}: share of MLAS sgemm",
                "",
                [.. rates[ours].Zip(limits, (rate, limit) => rate * flopsPerText / 1e9 / limit)],
                ">= 0.8"
            )
        );
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>(rows);

        BenchmarkRow Ratio(string name, string peer, string goal) =>
            new($"{name} : {peer}", "", [.. rates[name].Zip(rates[peer], (a, b) => a / b)], goal);
    }

    // What a loop without a thought costs: as the texts come, each core a batch.
    private static void EncodeInOrder(SentenceTransformer model, string[] texts) =>
        Parallel.ForEach(texts.Chunk(NaiveBatch), batch => model.Forward(model.Tokenize(batch)));

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
