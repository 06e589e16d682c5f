using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Pooled vectors against those of sentence-transformers 6 (goldens/pooling/pooling.json), and what follows from their definition.</summary>
public sealed class PoolingTests
{
    private const float Tolerance = 1e-6f;

    private static readonly JsonElement Golden = Goldens.Json(Goldens.Own("pooling/pooling.json"));

    public static TheoryData<string> Cases =>
        [
            .. Golden
                .GetProperty("cases")
                .EnumerateArray()
                .Select(c => c.GetProperty("name").GetString()!),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pooled_vectors_equal_those_of_the_reference(string name)
    {
        var golden = Golden
            .GetProperty("cases")
            .EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == name);
        var shape = Goldens.Shape(golden.GetProperty("token_embeddings"));
        var tokens = Goldens.Floats(golden.GetProperty("token_embeddings"));
        var mask = golden.GetProperty("attention_mask");
        var runs = golden.GetProperty("runs").EnumerateArray().ToArray();
        Assert.NotEmpty(runs);
        foreach (var run in runs)
        {
            var features = Batch(
                tokens,
                mask.ValueKind == JsonValueKind.Null ? [] : Goldens.Integers(mask),
                shape[0],
                shape[1],
                run.GetProperty("prompt_length") is { ValueKind: JsonValueKind.Number } length
                    ? length.GetInt32()
                    : 0
            );
            Load(run, shape[2]).Forward(features);
            Goldens.AssertClose(
                Goldens.Floats(run.GetProperty("sentence_embedding")),
                [.. features.SentenceEmbeddings!.SelectMany(row => row)],
                Tolerance,
                $"{name} {run.GetProperty("pooling_mode")} {run.GetProperty("prompt_length")}"
            );
        }
    }

    [Fact]
    public void A_sentence_alone_and_in_a_padded_batch_gets_the_same_bits()
    {
        const int Dimension = 7;
        float[] tokens = [.. Enumerable.Range(1, 3 * Dimension).Select(i => MathF.Sin(i))];
        float[] padding = [.. Enumerable.Repeat(float.NaN, 5 * Dimension)];
        // The weighted mean is left out on the left: its weights are positions in the row.
        PoolingMode[] modes = [.. Enum.GetValues<PoolingMode>()];
        PoolingMode[] shiftable = [.. modes.Where(mode => mode != PoolingMode.WeightedMean)];

        var alone = Batch(tokens, [1, 1, 1], 1, 3);
        var right = Batch([.. tokens, .. padding], [1, 1, 1, 0, 0, 0, 0, 0], 1, 8);
        var left = Batch([.. padding, .. tokens], [0, 0, 0, 0, 0, 1, 1, 1], 1, 8);
        Assert.Equal(Pool(alone, modes), Pool(right, modes));
        Assert.Equal(Pool(alone, shiftable), Pool(left, shiftable));

        float[] Pool(Features features, PoolingMode[] modes)
        {
            new Pooling(Dimension, modes).Forward(features);
            return features.SentenceEmbeddings!.Single();
        }
    }

    [Fact]
    public void Concatenated_modes_are_the_single_modes_side_by_side_in_the_order_given()
    {
        float[] tokens = [.. Enumerable.Range(1, 2 * 4 * 3).Select(i => MathF.Cos(i * i))];
        long[] mask = [1, 1, 1, 0, 1, 1, 1, 1];
        PoolingMode[] modes = [PoolingMode.LastToken, PoolingMode.Mean, PoolingMode.Cls];
        var together = Batch(tokens, mask, 2, 4);
        new Pooling(3, modes).Forward(together);
        for (var text = 0; text < 2; text++)
        {
            var apart = modes.SelectMany(mode =>
            {
                var features = Batch(tokens, mask, 2, 4);
                new Pooling(3, mode).Forward(features);
                return features.SentenceEmbeddings![text];
            });
            Assert.Equal(apart, together.SentenceEmbeddings![text]);
        }
    }

    [Fact]
    public void Two_tokens_pool_to_what_a_hand_computes()
    {
        // Rows (1, -4) and (3, 2); the third token is padding.
        var features = Batch([1, -4, 3, 2, 9, 9], [1, 1, 0], 1, 3);
        var pooling = new Pooling(2, Enum.GetValues<PoolingMode>());
        pooling.Forward(features);
        var root = MathF.Sqrt(2);
        Assert.Equal(
            [1, -4, 3, 2, 2, -1, 4 / root, -2 / root, 7 / 3f, 0, 3, 2],
            features.SentenceEmbeddings!.Single()
        );
        Assert.Equal(12, pooling.OutputDimension);
    }

    [Fact]
    public void A_text_without_tokens_gets_zeros_but_its_first_token_from_cls_and_minus_infinity_from_max()
    {
        var features = Batch([5, 6], [0, 0], 1, 2);
        new Pooling(1, Enum.GetValues<PoolingMode>()).Forward(features);
        Assert.Equal(
            [5, float.NegativeInfinity, 0, 0, 0, 0],
            features.SentenceEmbeddings!.Single()
        );
    }

    [Theory]
    [InlineData(0, 10)] // no prompt
    [InlineData(1, 15)]
    [InlineData(2, 20)]
    [InlineData(3, 0)] // nothing but the prompt
    [InlineData(int.MaxValue, 0)]
    public void A_prompt_left_out_begins_behind_the_padding(int promptLength, float mean)
    {
        var features = Batch([100, 0, 10, 20, 100], [0, 1, 1, 1, 0], 1, 5, promptLength);
        new Pooling(1, [PoolingMode.Mean], includePrompt: false).Forward(features);
        Assert.Equal([mean], features.SentenceEmbeddings!.Single());
    }

    [Fact]
    public void A_prompt_counts_unless_it_is_left_out()
    {
        var features = Batch([100, 10, 20], [1, 1, 0], 1, 3, promptLength: 1);
        new Pooling(1).Forward(features);
        Assert.Equal([55], features.SentenceEmbeddings!.Single());
    }

    [Fact]
    public void A_first_token_of_a_module_s_own_takes_the_place_of_the_first_that_counts()
    {
        var features = Batch([1, 2, 3, 4], [0, 1, 1, 1], 2, 2);
        features.ClsTokenEmbeddings =
        [
            [7],
            [8],
        ];
        new Pooling(1, [PoolingMode.Cls, PoolingMode.Mean]).Forward(features);
        Assert.Equal(
            [
                [7, 2],
                [8, 3.5f],
            ],
            features.SentenceEmbeddings
        );
    }

    [Theory]
    [InlineData(PoolingMode.Mean, 30 / 4f)]
    [InlineData(PoolingMode.MeanSqrtLenTokens, 30 / 2f)]
    [InlineData(PoolingMode.WeightedMean, 50 / 4f)]
    [InlineData(PoolingMode.Max, 20)]
    public void A_sum_of_token_weights_is_what_the_means_divide_by(PoolingMode mode, float expected)
    {
        var features = Batch([10, 20, 99], [1, 1, 0], 1, 3);
        features.TokenWeightsSum = [4];
        new Pooling(1, mode).Forward(features);
        Assert.Equal([expected], features.SentenceEmbeddings!.Single());
    }

    [Fact]
    public void Features_for_another_number_of_texts_are_refused()
    {
        var features = Batch([10, 20], [1, 1], 1, 2);
        features.TokenWeightsSum = [1, 2];
        Assert.Throws<InvalidOperationException>(() => new Pooling(1).Forward(features));
        features.TokenWeightsSum = null;
        features.ClsTokenEmbeddings =
        [
            [1],
            [2],
        ];
        Assert.Throws<InvalidOperationException>(() => new Pooling(1).Forward(features));
        features.ClsTokenEmbeddings =
        [
            [1, 2],
        ];
        Assert.Throws<InvalidOperationException>(() => new Pooling(1).Forward(features));
    }

    [Fact]
    public void Features_that_do_not_fit_are_refused()
    {
        var features = Batch([], [], 1, 1);
        features.TokenEmbeddings = null;
        AssertRefused(features, "a transformer goes before it");
        AssertRefused(Batch([1, 2, 3], [1], 1, 1), "expects 2 numbers a token, found 3");
        AssertRefused(
            Batch([1, 2], [1, 1], 1, 1),
            "the attention mask has 2 numbers for 1 x 1 tokens"
        );

        static void AssertRefused(Features features, string problem)
        {
            var error = Assert.Throws<InvalidOperationException>(() =>
                new Pooling(2).Forward(features)
            );
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_pooling_without_a_dimension_or_a_mode_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Pooling(0));
        Assert.Throws<ArgumentException>(() => new Pooling(2, []));
        Assert.Throws<ArgumentException>(() => new Pooling(2, (PoolingMode)9));
    }

    private static Pooling Load(JsonElement run, int dimension)
    {
        using var folder = new ModelFolder();
        folder.Write(
            "config.json",
            JsonSerializer.Serialize(
                new
                {
                    embedding_dimension = dimension,
                    pooling_mode = run.GetProperty("pooling_mode"),
                    include_prompt = run.GetProperty("include_prompt"),
                }
            )
        );
        return Pooling.Load(folder.Path);
    }

    private static Features Batch(
        float[] tokens,
        long[] mask,
        int batchSize,
        int tokenCount,
        int promptLength = 0
    ) =>
        new()
        {
            InputIds = new long[batchSize * tokenCount],
            TokenTypeIds = new long[batchSize * tokenCount],
            AttentionMask = mask,
            BatchSize = batchSize,
            TokenCount = tokenCount,
            PromptLength = promptLength,
            TokenEmbeddings = new(
                tokens,
                batchSize,
                tokenCount,
                tokens.Length / batchSize / tokenCount
            ),
        };
}
