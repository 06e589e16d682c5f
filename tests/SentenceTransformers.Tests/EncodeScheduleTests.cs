using System.Runtime.CompilerServices;

namespace SentenceTransformers.Tests;

/// <summary>However texts are cut into batches and spread over cores, they get the vectors they get one by one, in their order.</summary>
public sealed class EncodeScheduleTests : IClassFixture<EmbeddedModel>
{
    private const float Tolerance = 5e-6f;

    // Lengths without an order: 1 to 40 words, so that sorting moves nearly every text.
    private static readonly string[] Texts =
    [
        .. Enumerable
            .Range(0, 150)
            .Select(i =>
                string.Join(' ', Enumerable.Range(i, 1 + i * 17 % 40).Select(j => $"{j}번 기차"))
            ),
    ];

    private readonly SentenceTransformer model;

    public EncodeScheduleTests(EmbeddedModel embedded) => model = embedded.Model;

    [Theory]
    [InlineData(1, 512)]
    [InlineData(2, 512)]
    [InlineData(8, 64)]
    [InlineData(3, 1)]
    public void Scheduled_vectors_are_those_of_one_text_after_the_other(int threads, int budget)
    {
        var expected = model.EncodeOneByOne(Texts);
        var found = model.Encode(Texts, new() { Threads = threads, TokenBudget = budget });
        Assert.Equal(Texts.Length, found.Length);
        for (var i = 0; i < Texts.Length; i++)
            Goldens.AssertClose(expected[i], found[i], Tolerance, $"text {i}");
    }

    [Fact]
    public void Batches_hold_every_text_once_the_longest_first_and_none_exceeds_the_budget()
    {
        var encodings = Texts.Select(text => model.Transformer.Tokenize(text)).ToArray();
        var batches = Batches.Cut(encodings, null, 512, cores: 2);
        Assert.True(batches.Count > 2); // the premise: there is more than one batch a core
        Assert.Equal(Enumerable.Range(0, Texts.Length), batches.SelectMany(b => b).Order());
        var lengths = batches.SelectMany(b => b).Select(i => encodings[i].Length).ToArray();
        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.All(batches, batch => Assert.True(batch.Length * encodings[batch[0]].Length <= 512));
    }

    [Fact]
    public void Little_work_is_shared_by_the_cores_and_next_to_none_is_not()
    {
        var encodings = Texts[..40].Select(text => model.Transformer.Tokenize(text)).ToArray();
        var tokens = encodings.Sum(encoding => encoding.Length);
        Assert.True(Batches.Cut(encodings, null, tokens, cores: 1).Count > 0);
        Assert.True(Batches.Cut(encodings, null, 1 << 20, cores: 4).Count >= 4);
        Assert.Single(Batches.Cut([.. encodings.OrderBy(e => e.Length).Take(2)], null, 512, 4));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_core_gets_as_much_as_the_others(int cores)
    {
        // Budgets alone would make three full batches and a small one of them, and one of two cores would wait.
        var encoding = model.Transformer.Tokenize("오늘 날씨가 좋아요");
        var encodings = Enumerable.Repeat(encoding, 100 * 16 / encoding.Length).ToArray();
        var busy = new int[cores];
        foreach (var batch in Batches.Cut(encodings, null, 512, cores))
            busy[Array.IndexOf(busy, busy.Min())] += batch.Length; // whoever is free takes the next
        Assert.InRange(busy.Max() * cores / (double)encodings.Length, 1, 1.1);
    }

    [Fact]
    public void Two_percent_of_the_KorSTS_tokens_are_padding_at_most()
    {
        var file = Goldens.Shared("../data/korsts/sts-dev.tsv");
        var encodings = File.ReadLines(file)
            .Skip(1)
            .SelectMany(line => line.Split('\t')[5..7])
            .Select(text => model.Transformer.Tokenize(text))
            .ToArray();
        Assert.Equal(3000, encodings.Length);
        var padded = Batches
            .Cut(encodings, null, Batches.TokenBudget, cores: 2)
            .Sum(batch => batch.Length * encodings[batch[0]].Length);
        Assert.InRange(padded / (double)encodings.Sum(encoding => encoding.Length), 1, 1.02);
    }

    [Fact]
    public void A_stream_gives_what_a_list_gives_and_reads_no_further_than_it_must()
    {
        var read = 0;
        var stream = model.EncodeStream(Endless().Select(text => (read++, text).text));
        var found = stream.Take(Texts.Length).ToArray();
        Assert.InRange(read, Texts.Length, 5000); // of endlessly many
        var expected = model.Encode(Texts);
        for (var i = 0; i < Texts.Length; i++)
            Goldens.AssertClose(expected[i], found[i], Tolerance, $"text {i}");

        static IEnumerable<string> Endless()
        {
            foreach (var text in Texts)
                yield return text;
            while (true)
                yield return "";
        }
    }

    [Fact]
    public async Task An_asynchronous_stream_gives_the_same_and_tells_how_far_it_is()
    {
        var reports = new List<EncodeProgress>();
        var expected = model.Encode(Texts);
        var i = 0;
        await foreach (
            var vector in model.EncodeStream(
                Slowly(),
                new() { BatchSize = 8, Progress = new ProgressRecorder(reports) },
                TestContext.Current.CancellationToken
            )
        )
            Goldens.AssertClose(expected[i++], vector, Tolerance, $"text {i - 1}");
        Assert.Equal(Texts.Length, i);
        Assert.Equal(reports.OrderBy(report => report.Done), reports); // never goes back
        Assert.Equal(new EncodeProgress(Texts.Length, Texts.Length), reports[^1]);

        static async IAsyncEnumerable<string> Slowly(
            [EnumeratorCancellation] CancellationToken cancellation = default
        )
        {
            foreach (var text in Texts)
            {
                cancellation.ThrowIfCancellationRequested();
                await Task.Yield();
                yield return text;
            }
        }
    }

    [Fact]
    public void Cancelling_between_batches_stops_all_cores()
    {
        using var cancelled = new CancellationTokenSource();
        var reports = new List<EncodeProgress>();
        Assert.Throws<OperationCanceledException>(() =>
            model.Encode(
                Texts,
                new() { BatchSize = 1, Progress = new Canceller(reports, cancelled) },
                cancelled.Token
            )
        );
        Assert.InRange(reports.Count, 1, Texts.Length - 1);
    }

    [Fact]
    public void What_makes_no_batch_is_refused_before_the_first_vector()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            model.Encode(Texts, new() { Threads = 0 })
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            model.EncodeStream(Texts, new() { TokenBudget = 0 })
        );
    }

    private sealed class Canceller(List<EncodeProgress> reports, CancellationTokenSource source)
        : IProgress<EncodeProgress>
    {
        public void Report(EncodeProgress value)
        {
            reports.Add(value);
            source.Cancel();
        }
    }
}
