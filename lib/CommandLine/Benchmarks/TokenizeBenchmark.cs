using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Sentences a second through WordPiece on one thread: ours, the readable way, and the Rust crate through Node.</summary>
internal static class TokenizeBenchmark
{
    private const int Rounds = 5;
    private const int Texts = 20_000;
    private static readonly int[] Sizes = [1, 2, 4, 8];

    public static Benchmark Create() =>
        new(
            "tokenize",
            $"{Texts:N0} sentences to ids on one thread, {Rounds} rounds, against the readable WordPiece and the Rust tokenizers through Node",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        using var folder = new RandomModel(layers: 0);
        folder.WriteTokenizer();
        var tokenizer = Tokenizer.Load(folder.Path);
        var naive = new NaiveWordPiece(Path.Combine(folder.Path, "vocab.txt"));
        var texts = BenchmarkTexts.Create(Texts);
        foreach (var text in texts)
            if (!tokenizer.Encode(text).Ids.SequenceEqual(naive.Encode(text)))
                throw new InvalidOperationException($"the tokenizers do not agree on '{text}'");
        var data = Path.Combine(folder.Path, "texts.json");
        File.WriteAllText(data, JsonSerializer.Serialize(texts));

        const string ours = "Tokenizer.Encode";
        const string readable = "the readable WordPiece";
        const string rust = "Rust tokenizers through Node";
        var turns = new Turns();
        turns.Add(ours, () => Rate(texts, text => tokenizer.Encode(text)));
        turns.Add(readable, () => Rate(texts, text => naive.Encode(text)));
        using var peer = Peers.Node(
            rust,
            Peers.RustTokenizers,
            "rust_tokenize.mjs",
            tell,
            folder.Path,
            data
        );
        if (peer is not null)
            turns.Add(rust, () => Texts / peer.Seconds());
        // The same work in texts of one, two, four and eight sentences: it should not matter.
        var longer = Sizes
            .Select(size => (Size: (double)size, Name: $"texts of {size} sentences"))
            .ToArray();
        foreach (var (size, name) in longer)
        {
            string[] joined = [.. texts.Chunk((int)size).Select(few => string.Join(' ', few))];
            turns.Add(name, () => 1e6 / Rate(joined, text => tokenizer.Encode(text)));
        }
        turns.Run(Rounds, tell, cancellation);

        var names = longer.Select(text => text.Name).ToArray();
        List<BenchmarkRow> rows =
        [
            .. turns
                .Names.Where(name => !names.Contains(name))
                .Select(name => turns.Row(name, "/s")),
            turns.Ratio(ours, readable, ">= 8"),
        ];
        if (peer is not null)
            rows.Add(turns.Ratio(ours, rust, ">= 30"));
        rows.Add(turns.Growth("time a text over its length", longer));
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>(rows);
    }

    private static double Rate(string[] texts, Func<string, object> encode)
    {
        var seconds = Turns.Seconds(() =>
        {
            foreach (var text in texts)
                GC.KeepAlive(encode(text)); // so that nothing is optimised away
        });
        return texts.Length / seconds;
    }
}
