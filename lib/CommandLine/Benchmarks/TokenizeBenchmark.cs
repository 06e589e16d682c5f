using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Sentences a second through WordPiece on one thread: ours, the readable way, and the Rust crate through Node.</summary>
internal static class TokenizeBenchmark
{
    private const int Rounds = 5;
    private const int Texts = 20_000;
    private const int MostIds = 4096;
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
        var tokenizer = (WordPieceTokenizer)Tokenizer.Load(folder.Path);
        var wordPiece = new ReadableWordPiece(tokenizer.Vocabulary);
        var texts = BenchmarkTexts.Create(Texts);
        foreach (var text in texts)
            if (!Ids(tokenizer, text).SequenceEqual(ReadableIds(tokenizer, wordPiece, text)))
                throw new InvalidOperationException($"the tokenizers do not agree on '{text}'");
        var data = Path.Combine(folder.Path, "texts.json");
        File.WriteAllText(data, JsonSerializer.Serialize(texts));

        const string ids = "ids alone, EncodeIds";
        const string ours = "ids, types and offsets, Encode";
        const string readable = "ids alone, ReadableWordPiece";
        const string rust = "Rust tokenizers through Node";
        var turns = new Turns();
        var room = new int[MostIds];
        turns.Add(ids, () => Rate(texts, text => tokenizer.EncodeIds(text, room)));
        turns.Add(ours, () => Rate(texts, text => tokenizer.Encode(text).Length));
        turns.Add(
            readable,
            () => Rate(texts, text => ReadableIds(tokenizer, wordPiece, text).Count)
        );
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
            turns.Add(name, () => 1e6 / Rate(joined, text => tokenizer.EncodeIds(text, room)));
        }
        turns.Run(Rounds, tell, cancellation);

        var names = longer.Select(text => text.Name).ToArray();
        List<BenchmarkRow> rows =
        [
            .. turns
                .Names.Where(name => !names.Contains(name))
                .Select(name => turns.Row(name, "/s")),
            turns.Ratio(ids, readable, ">= 8"),
        ];
        if (peer is not null)
            rows.Add(turns.Ratio(ours, rust, ">= 30"));
        rows.Add(turns.Growth("time a text over its length", longer));
        return Task.FromResult<IReadOnlyList<BenchmarkRow>>(rows);
    }

    private static int[] Ids(WordPieceTokenizer tokenizer, string text)
    {
        var ids = new int[MostIds];
        return ids[..tokenizer.EncodeIds(text, ids)];
    }

    // As the lessons take WordPiece apart: the words, then each word's pieces, then their ids.
    private static List<int> ReadableIds(
        WordPieceTokenizer tokenizer,
        ReadableWordPiece wordPiece,
        string text
    )
    {
        var ids = new List<int> { tokenizer.Vocabulary["[CLS]"] };
        foreach (var word in tokenizer.PreTokenize(text))
        foreach (var piece in wordPiece.Tokenize(word))
            ids.Add(tokenizer.Vocabulary[piece]);
        ids.Add(tokenizer.Vocabulary["[SEP]"]);
        return ids;
    }

    private static double Rate(string[] texts, Func<string, int> encode)
    {
        const int passes = 5; // or a glance of the system's elsewhere would be most of what is measured
        var tokens = 0L;
        var seconds = Turns.Seconds(() =>
        {
            for (var pass = 0; pass < passes; pass++)
                foreach (var text in texts)
                    tokens += encode(text);
        });
        return tokens > 0 ? passes * texts.Length / seconds : 0;
    }
}
