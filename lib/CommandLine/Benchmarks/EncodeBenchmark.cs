using System.Globalization;
using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Sentences a second of a model of KR-SBERT's shape: ours, other libraries', and a loop without a thought, in turn.</summary>
internal static class EncodeBenchmark
{
    private const int Rounds = 3;
    private const int Texts = 96;
    private const int NaiveBatch = 32;
    private const int GrowthTexts = 200;
    private static readonly int[] GrowthSizes = [1, 2, 4, 8];

    public static Benchmark Create() =>
        new(
            "encode",
            $"{Texts} sentences through 12 layers of 768, {Rounds} rounds: in 32 and 8 bits, against torch, transformers.js, fastembed and input order",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        tell("writing a model of random weights");
        using var folder = new RandomModel();
        folder.WriteOnnx();
        using var model = SentenceTransformer.Load(folder.Path);
        using var int8 = SentenceTransformer.Load(
            folder.Path,
            new() { Precision = Precision.Int8 }
        );
        using var sgemm = new SgemmLimit();
        var texts = BenchmarkTexts.Create(Texts);
        var data = Path.Combine(folder.Path, "texts.json");
        File.WriteAllText(data, JsonSerializer.Serialize(texts));
        var tokenized = Path.Combine(folder.Path, "tokens.json");
        File.WriteAllText(
            tokenized,
            JsonSerializer.Serialize(
                texts.Select(text =>
                    new object[] { text.Length, model.Transformer.Tokenize(text).Ids }
                )
            )
        );

        const string ours = "fp32";
        const string reduced = "int8";
        const string inOrder = "fp32 in input order, batches of 32";
        const string limit = "MLAS sgemm, all cores";
        var peers = new (string Name, string Goal, Func<string, PeerProcess?> Start)[]
        {
            (
                "torch in sentence-transformers' batches",
                ">= 3",
                name => Peers.Python(name, "torch_encode.py", tell, folder.Path, tokenized)
            ),
            (
                "transformers.js, batches of 32",
                ">= 2",
                name =>
                    Peers.Node(
                        name,
                        Peers.TransformersJs,
                        "transformers_encode.mjs",
                        tell,
                        folder.Path,
                        data
                    )
            ),
            (
                "fastembed-js, batches of 32",
                "",
                name =>
                    Peers.Node(
                        name,
                        Peers.FastEmbed,
                        "fastembed_encode.mjs",
                        tell,
                        folder.Path,
                        data
                    )
            ),
        };
        var turns = new Turns();
        turns.Add(ours, () => Rate(() => model.Encode(texts)));
        turns.Add(reduced, () => Rate(() => int8.Encode(texts)));
        turns.Add(inOrder, () => Rate(() => EncodeInOrder(model, texts)));
        var running = new List<(string Name, string Goal, PeerProcess Process)>();
        try
        {
            foreach (var (name, goal, start) in peers)
                if (start(name) is { } peer)
                {
                    running.Add((name, goal, peer));
                    turns.Add(name, () => Texts / peer.Seconds());
                }
            turns.Add(limit, sgemm.Measure);
            turns.Run(Rounds, tell, cancellation);
        }
        finally
        {
            foreach (var (_, _, process) in running)
                process.Dispose();
        }

        var flops = folder.FlopsPerToken * texts.Sum(text => model.CountTokens(text)) / Texts / 1e9;
        List<BenchmarkRow> rows =
        [
            .. turns.Names.Where(name => name != limit).Select(name => turns.Row(name, "/s")),
            turns.Row(limit, "GF/s"),
            turns.Ratio(ours, inOrder),
        ];
        foreach (var (name, goal, _) in running)
            rows.Add(turns.Ratio(ours, name, goal));
        rows.Add(turns.Ratio(reduced, ours));
        if (running.Count > 0 && running[0].Name == peers[0].Name)
            rows.Add(turns.Ratio(reduced, peers[0].Name, ">= 7"));
        rows.Add(
            new(
                $"{ours}: share of MLAS sgemm",
                "",
                [.. turns[ours].Zip(turns[limit], (rate, most) => rate * flops / most)],
                ">= 0.8"
            )
        );
        rows.AddRange(MeasureLoss());
        rows.AddRange(MeasureGrowth(tell, cancellation));
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>(rows);
    }

    // Speed takes random weights; what 8 bits cost takes a model that has learnt something.
    private static IEnumerable<BenchmarkRow> MeasureLoss()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        using var int8 = SentenceTransformer.Load("ko-mini", new() { Precision = Precision.Int8 });
        var pairs = Lesson.Table("graded-pairs.tsv");
        var loss = PrecisionLoss.Measure(
            model,
            int8,
            [.. pairs.Select(pair => pair[1])],
            [.. pairs.Select(pair => pair[2])],
            [.. pairs.Select(pair => double.Parse(pair[0], CultureInfo.InvariantCulture))]
        );
        yield return new(
            "ko-mini, int8 : fp32, Spearman on data/graded-pairs.tsv",
            "",
            [1 - loss.Relative],
            ">= 0.99"
        );
        yield return new(
            "ko-mini, int8 and fp32, lowest cosine of a text's two vectors",
            "",
            [loss.LowestCosine]
        );
    }

    private static IEnumerable<BenchmarkRow> MeasureGrowth(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        using var model = SentenceTransformer.Load("ko-mini");
        var texts = BenchmarkTexts.Create(GrowthTexts * GrowthSizes[^1]);
        var turns = new Turns();
        var counts = GrowthSizes
            .Select(size => ((double)size, $"{size} times the texts"))
            .ToArray();
        var lengths = GrowthSizes
            .Select(size => ((double)size, $"{size} times the tokens"))
            .ToArray();
        foreach (var (size, name) in counts)
            turns.Add(
                name,
                () => Turns.Seconds(() => model.Encode(texts[..(GrowthTexts * (int)size)]))
            );
        foreach (var (size, name) in lengths)
        {
            // Of one syllable a token: so many, and two special ones, of the model's 64 at most.
            string[] same =
            [
                .. Enumerable.Repeat(
                    string.Concat(Enumerable.Repeat("가 ", 7 * (int)size)),
                    GrowthTexts
                ),
            ];
            turns.Add(name, () => Turns.Seconds(() => model.Encode(same)));
        }
        turns.Run(Rounds, tell, cancellation);
        yield return turns.Growth("time over texts", counts);
        yield return turns.Growth("time over tokens of a text", lengths);
    }

    private static double Rate(Action encode) => Texts / Turns.Seconds(encode);

    // What a loop without a thought costs: as the texts come, each core a batch.
    private static void EncodeInOrder(SentenceTransformer model, string[] texts) =>
        Parallel.ForEach(texts.Chunk(NaiveBatch), batch => model.Forward(model.Tokenize(batch)));
}
