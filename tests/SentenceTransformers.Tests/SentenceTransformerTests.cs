using Microsoft.Extensions.AI;

namespace SentenceTransformers.Tests;

/// <summary>What a bi-encoder promises whatever the model: order, batch independence, prompts, and clear refusals.</summary>
public sealed class SentenceTransformerTests : IClassFixture<EmbeddedModel>
{
    private const float Tolerance = 1e-6f;

    private static readonly string[] Texts =
    [
        "오늘 날씨가 좋아요",
        "",
        "프로그램을 배우고 싶습니다. 어제부터 책을 읽고 있는데 생각보다 훨씬 재미있어서 밤늦게까지 손에서 놓지 못했어요.",
        "기차가 옵니다",
        "a",
        "😀😀",
        "오늘 하늘이 맑아요",
    ];

    private readonly SentenceTransformer model;

    public SentenceTransformerTests(EmbeddedModel embedded) => model = embedded.Model;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_batch_changes_neither_a_vector_nor_its_place(int batchSize)
    {
        var alone = Texts.Select(text => model.Encode(text)).ToArray();
        Assert.NotEqual(alone[0], alone[^1]); // the premise: a wrong order would show
        var together = model.Encode(Texts, new EncodeOptions { BatchSize = batchSize });
        for (var i = 0; i < Texts.Length; i++)
            Goldens.AssertClose(alone[i], together[i], Tolerance, $"text {i}");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "an infinity")]
    public void A_vector_that_overflows_is_told_instead_of_given(float number, string name)
    {
        var overflowing = new SentenceTransformer(
            model.Transformer,
            [.. model.Modules.Skip(1), new Overflow(number)]
        );
        var error = Assert.Throws<ModelFormatException>(() => overflowing.Encode(["기차", "a"]));
        Assert.Contains(
            $"the model gives {name} as number 3 of the vector of text",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Shuffling_the_texts_shuffles_the_vectors()
    {
        var vectors = model.Encode(Texts);
        var reversed = model.Encode(Texts.Reverse()).Reverse().ToArray();
        for (var i = 0; i < Texts.Length; i++)
            Goldens.AssertClose(vectors[i], reversed[i], Tolerance, $"text {i}");
    }

    [Fact]
    public void No_texts_give_no_vectors() => Assert.Empty(model.Encode([]));

    [Fact]
    public void Threads_may_share_a_model()
    {
        var expected = model.Encode(Texts);
        Parallel.For(
            0,
            20,
            _ =>
            {
                var found = model.Encode(Texts, new EncodeOptions { BatchSize = 2 });
                for (var i = 0; i < Texts.Length; i++)
                    Goldens.AssertClose(expected[i], found[i], Tolerance, $"text {i}");
            }
        );
    }

    [Fact]
    public void The_three_visible_steps_give_what_encode_gives()
    {
        var features = model.Tokenize(Texts);
        model.Transformer.Forward(features);
        Assert.Equal(
            $"({Texts.Length}, {features.TokenCount}, 256)",
            features.TokenEmbeddings!.ToString()
        );
        model.Modules[1].Forward(features);
        var expected = model.Encode(Texts);
        for (var i = 0; i < Texts.Length; i++)
            Goldens.AssertClose(
                expected[i],
                features.SentenceEmbeddings![i],
                Tolerance,
                $"text {i}"
            );
    }

    [Fact]
    public void Normalised_vectors_have_length_one_and_truncated_ones_are_cut_first()
    {
        var plain = model.Encode("오늘 날씨가 좋아요");
        var cut = model.Encode(
            "오늘 날씨가 좋아요",
            new EncodeOptions { TruncateDimension = 64, NormalizeEmbeddings = true }
        );
        var length = MathF.Sqrt(plain.Take(64).Sum(x => x * x));
        Goldens.AssertClose([.. plain.Take(64).Select(x => x / length)], cut, Tolerance, "vector");
    }

    [Fact]
    public void A_prompt_is_put_before_the_text()
    {
        var prompted = model.Encode("좋아요", new EncodeOptions { Prompt = "오늘 날씨가 " });
        Goldens.AssertClose(model.Encode("오늘 날씨가 좋아요"), prompted, Tolerance, "vector");
    }

    [Fact]
    public void An_unknown_prompt_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            model.Encode("x", new EncodeOptions { PromptName = "query" })
        );
        Assert.Equal("no prompt 'query': the model has no prompts", error.Message);
    }

    [Fact]
    public void A_text_of_a_million_characters_is_read_up_to_the_limit()
    {
        var text = string.Concat(Enumerable.Repeat("오늘 날씨가 좋아요 ", 100_000));
        var words = string.Concat(Enumerable.Repeat("오늘 날씨가 좋아요 ", 30));
        Assert.True(model.Tokenizer.Encode(words).Length > model.MaxSequenceLength); // so both are cut, to the same tokens
        Assert.Equal(model.Encode(words), model.Encode(text));
    }

    [Fact]
    public void Progress_ends_at_the_total()
    {
        var reports = new List<EncodeProgress>();
        model.Encode(
            Texts,
            new EncodeOptions
            {
                Threads = 1,
                BatchSize = 3,
                Progress = new ProgressRecorder(reports),
            }
        );
        Assert.Equal([new(3, 7), new(6, 7), new(7, 7)], reports);
    }

    [Fact]
    public void Cancellation_stops_it()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => model.Encode(Texts, null, cancelled.Token));
    }

    [Fact]
    public void Null_texts_and_batches_of_nothing_are_refused()
    {
        Assert.Contains(
            "texts[1]",
            Assert.Throws<ArgumentNullException>(() => model.Encode(["a", null!])).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            model.Encode(Texts, new EncodeOptions { BatchSize = 0 })
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            model.Encode(Texts, new EncodeOptions { TruncateDimension = 0 })
        );
    }

    [Fact]
    public void A_disposed_model_says_so_and_one_disposed_in_mid_work_hurts_nobody()
    {
        var disposed = SentenceTransformer.Load("ko-mini");
        var work = Task.Run(() =>
        {
            while (true)
                disposed.Encode(Texts);
        });
        disposed.Encode(Texts);
        disposed.Dispose();
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => disposed.Encode("x"));
        Assert.IsType<ObjectDisposedException>(
            Assert.Throws<AggregateException>(work.Wait).InnerException
        );
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000)]
    public void Features_made_by_hand_are_checked(long id)
    {
        var features = model.Tokenize(["기차"]);
        features.InputIds[1] = id;
        Assert.Contains(
            $"token id {id}",
            Assert.Throws<ArgumentException>(() => model.Transformer.Forward(features)).Message,
            StringComparison.Ordinal
        );
        var tooShort = new Features
        {
            InputIds = [2, 3],
            AttentionMask = [1, 1],
            TokenTypeIds = [0],
            BatchSize = 1,
            TokenCount = 2,
        };
        Assert.Throws<ArgumentException>(() => model.Transformer.Forward(tooShort));
        Assert.Throws<ArgumentException>(() => model.Tokenize([]));
    }

    [Fact]
    public async Task It_takes_an_embedding_service_s_place()
    {
        var embeddings = await Serve(model);
        Assert.Equal(model.Encode(Texts)[3], embeddings[3].Vector.ToArray());

        static async Task<GeneratedEmbeddings<Embedding<float>>> Serve(
            IEmbeddingGenerator<string, Embedding<float>> generator
        )
        {
            Assert.NotNull(generator.GetService<SentenceTransformer>());
            return await generator.GenerateAsync(Texts);
        }
    }

    private sealed class Overflow(float number) : IModule
    {
        public void Forward(Features features) => features.SentenceEmbeddings![0][3] = number;

        public string ToString(PrintStyle style) => nameof(Overflow);
    }
}

/// <summary>The embedded model, loaded once for a class of tests.</summary>
public sealed class EmbeddedModel : IDisposable
{
    public SentenceTransformer Model { get; } = SentenceTransformer.Load("ko-mini");

    public void Dispose() => Model.Dispose();
}
