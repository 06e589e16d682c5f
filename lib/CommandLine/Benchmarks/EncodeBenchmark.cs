using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Sentences a second of a model of KR-SBERT's shape: ours, other libraries', and a loop without a thought, in turn.</summary>
internal static class EncodeBenchmark
{
    private const int Rounds = 3;
    private const int Texts = 96;
    private const int NaiveBatch = 32;

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
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>(rows);
    }

    private static double Rate(Action encode) => Texts / Turns.Seconds(encode);

    // What a loop without a thought costs: as the texts come, each core a batch.
    private static void EncodeInOrder(SentenceTransformer model, string[] texts) =>
        Parallel.ForEach(texts.Chunk(NaiveBatch), batch => model.Forward(model.Tokenize(batch)));
}
