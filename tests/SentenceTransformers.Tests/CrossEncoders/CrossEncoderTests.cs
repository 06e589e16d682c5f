namespace SentenceTransformers.Tests;

/// <summary>What a cross-encoder promises whatever the model: order, batch independence, limits, and clear refusals.</summary>
public sealed class CrossEncoderTests(EmbeddedCrossEncoder embedded)
    : IClassFixture<EmbeddedCrossEncoder>
{
    private const float Tolerance = 1e-6f;

    private static readonly (string Text, string Pair)[] Pairs =
    [
        ("오늘 날씨가 좋아요", "오늘 하늘이 맑아요"),
        ("", ""),
        (
            "프로그램을 배우고 싶습니다. 어제부터 책을 읽고 있는데 생각보다 훨씬 재미있어요.",
            "기차가 옵니다. 버스도 옵니다. 사람들이 많이 탑니다."
        ),
        ("기차가 옵니다", "졸음이 옵니다"),
        ("졸음이 옵니다", "기차가 옵니다"),
        ("😀😀", "𠮷 é \uD800 ﷺ"),
        ("오늘 날씨가 좋아요", ""),
    ];

    private readonly CrossEncoder model = embedded.Model;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_batch_changes_neither_a_score_nor_its_place(int batchSize)
    {
        var alone = Pairs.Select(pair => model.Predict([pair])[0]).ToArray();
        Assert.Equal(Pairs.Length, alone.Distinct().Count()); // the premise: a wrong order would show
        var together = model.Predict(Pairs, new PredictOptions { BatchSize = batchSize });
        Goldens.AssertClose(alone, together, Tolerance, "scores");
        var reversed = model.Predict(Pairs.Reverse(), new PredictOptions { BatchSize = batchSize });
        Goldens.AssertClose(alone, [.. reversed.Reverse()], Tolerance, "reversed");
    }

    [Fact]
    public void The_score_is_the_sigmoid_of_the_logit()
    {
        var logits = model.Predict(
            Pairs,
            new PredictOptions { Activation = ActivationFunction.Identity }
        );
        Assert.Contains(logits, logit => logit is < 0 or > 1);
        Goldens.AssertClose(
            [.. logits.Select(logit => (float)(1 / (1 + Math.Exp(-logit))))],
            model.Predict(Pairs),
            Tolerance,
            "scores"
        );
    }

    [Fact]
    public void The_longer_text_is_cut_to_the_limit()
    {
        var options = new PredictOptions { MaxLength = 12 };
        var (text, pair) = Pairs[2];
        var first = model.Tokenizer.Encode(text).Tokens[1..^1];
        var second = model.Tokenizer.Encode(pair).Tokens[1..^1];
        Assert.True(first.Length > 4 && second.Length > 5);
        // 9 tokens are left for both; on a tie of halves the odd one goes to the longer.
        var (a, b) = first.Length > second.Length ? (5, 4) : (4, 5);
        Assert.Equal(
            ["[CLS]", .. first[..a], "[SEP]", .. second[..b], "[SEP]"],
            model.Transformer.Tokenize(text, options.MaxLength, pair).Tokens
        );
        Assert.NotEqual(model.Predict([Pairs[2]]), model.Predict([Pairs[2]], options));
    }

    [Fact]
    public void A_document_of_a_million_characters_is_read_up_to_the_limit()
    {
        var words = string.Concat(Enumerable.Repeat("오늘 날씨가 좋아요 ", 30));
        var document = string.Concat(Enumerable.Repeat("오늘 날씨가 좋아요 ", 100_000));
        Assert.True(model.CountTokens("날씨", words) > model.MaxSequenceLength); // so both are cut, to the same tokens
        Assert.Equal(model.Predict([("날씨", words)]), model.Predict([("날씨", document)]));
    }

    [Fact]
    public void A_prompt_is_put_before_the_first_text()
    {
        var prompted = model.Predict([("좋아요", "맑아요")], new() { Prompt = "오늘 날씨가 " });
        Goldens.AssertClose(
            model.Predict([("오늘 날씨가 좋아요", "맑아요")]),
            prompted,
            Tolerance,
            "scores"
        );
        Assert.Equal(
            "no prompt 'query': the model has no prompts",
            Assert
                .Throws<ArgumentException>(() =>
                    model.Predict(Pairs, new() { PromptName = "query" })
                )
                .Message
        );
    }

    [Fact]
    public void Threads_may_share_a_model()
    {
        var expected = model.Predict(Pairs);
        Parallel.For(
            0,
            20,
            _ =>
                Goldens.AssertClose(
                    expected,
                    model.Predict(Pairs, new PredictOptions { BatchSize = 2 }),
                    Tolerance,
                    "scores"
                )
        );
    }

    [Fact]
    public void Progress_ends_at_the_total_and_cancellation_stops_it()
    {
        var reports = new List<EncodeProgress>();
        model.Predict(
            Pairs,
            new PredictOptions
            {
                BatchSize = 3,
                Threads = 1,
                Progress = new ProgressRecorder(reports),
            }
        );
        Assert.Equal([new(3, 7), new(6, 7), new(7, 7)], reports);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            model.Predict(Pairs, null, cancelled.Token)
        );
    }

    [Fact]
    public void What_cannot_be_scored_is_refused()
    {
        Assert.Contains(
            "pairs[1]",
            Assert
                .Throws<ArgumentNullException>(() => model.Predict([("a", "b"), ("a", null!)]))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            model.Predict(Pairs, new PredictOptions { BatchSize = 0 })
        );
        Assert.Contains(
            "cannot hold the 3 special tokens",
            Assert
                .Throws<ArgumentException>(() =>
                    model.Predict(Pairs, new PredictOptions { MaxLength = 2 })
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "of one label it is always 1",
            Assert
                .Throws<ArgumentException>(() =>
                    model.Predict(
                        Pairs,
                        new PredictOptions { Activation = ActivationFunction.Softmax }
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_disposed_model_says_so()
    {
        var disposed = CrossEncoder.Load("ko-mini-cross");
        disposed.Predict(Pairs);
        disposed.Dispose();
        disposed.Dispose();
        Assert.Equal(
            typeof(CrossEncoder).FullName,
            Assert.Throws<ObjectDisposedException>(() => disposed.Predict(Pairs)).ObjectName
        );
    }

    [Fact]
    public void The_structure_prints_as_Python_prints_it() =>
        Assert.Equal(
            """
            CrossEncoder(
              (0): Transformer({'transformer_task': 'sequence-classification', 'modality_config': {'text': {'method': 'forward', 'method_output_name': 'logits'}}, 'module_output_name': 'scores', 'architecture': 'BertForSequenceClassification'})
            )
            """.ReplaceLineEndings("\n"),
            model.ToString()
        );
}
