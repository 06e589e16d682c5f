namespace SentenceTransformers.Tests;

/// <summary>Evaluators of rankings, worked by hand.</summary>
public sealed class RankingEvaluatorTests
{
    private static readonly double Third = 1 / Math.Log2(4); // what a gain at the third place counts

    [Fact]
    public void Information_retrieval_averages_each_metric_over_the_queries()
    {
        var evaluator = new InformationRetrievalEvaluator(
            new Dictionary<string, string>
            {
                ["q1"] = "",
                ["q2"] = "",
                ["none"] = "",
            },
            new Dictionary<string, string>
            {
                ["d"] = "",
                ["c"] = "",
                ["b"] = "",
                ["a"] = "",
            },
            new Dictionary<string, IReadOnlySet<string>>
            {
                ["q1"] = new HashSet<string> { "a", "c" },
                ["q2"] = new HashSet<string> { "d", "not in the corpus" },
                ["none"] = new HashSet<string>(),
            }
        )
        {
            AccuracyAt = [1, 3],
            PrecisionRecallAt = [2],
            MrrAt = [1, 3],
            NdcgAt = [3],
            MapAt = [3],
        };
        // Documents count in the order of their ids. q1 finds a b c, of which a and c are relevant; q2 finds b c d.
        var result = evaluator.Result(
            SimilarityFunction.Cosine,
            [
                [new(0, 3), new(1, 2), new(2, 1)],
                [new(1, 3), new(2, 2), new(3, 1)],
            ]
        );
        Assert.Equal((0.5, 1), (result.AccuracyAt[1], result.AccuracyAt[3]));
        Assert.Equal((0.5 + 0) / 2, result.PrecisionAt[2]);
        Assert.Equal((0.5 + 0) / 2, result.RecallAt[2]);
        Assert.Equal((0.5, (1 + 1 / 3.0) / 2), (result.MrrAt[1], result.MrrAt[3]));
        var ideal = 1 + 1 / Math.Log2(3); // two relevant documents in the first two places
        Assert.Equal(((1 + Third) / ideal + Third / ideal) / 2, result.NdcgAt[3], 1e-12);
        // q1: (1/1 + 2/3) / 2; q2: (1/3) / 2.
        Assert.Equal(((1 + 2 / 3.0) / 2 + 1 / 6.0) / 2, result.MapAt[3], 1e-12);
    }

    [Fact]
    public void Information_retrieval_with_a_model_is_the_same_in_every_chunk()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        // Two documents are the same text: of equal scores the smaller id comes first, and it is not the relevant one.
        var corpus = new Dictionary<string, string>
        {
            ["2"] = "기차가 옵니다",
            ["1"] = "기차가 옵니다",
            ["3"] = "오늘 날씨가 좋아요",
        };
        for (var chunk = 1; chunk <= 4; chunk++)
        {
            var evaluator = new InformationRetrievalEvaluator(
                new Dictionary<string, string> { ["q"] = "기차가 옵니다" },
                corpus,
                new Dictionary<string, IReadOnlySet<string>> { ["q"] = new HashSet<string> { "2" } }
            )
            {
                CorpusChunkSize = chunk,
            };
            var result = Assert.Single(evaluator.Evaluate(model));
            Assert.Equal((0, 1), (result.AccuracyAt[1], result.AccuracyAt[3]));
            Assert.Equal((0.5, 0.5), (result.MrrAt[10], result.MapAt[100]));
        }
    }

    [Fact]
    public void Reranking_counts_places_of_what_answers()
    {
        // Places: positive, negative, positive, negative.
        var result = RerankingEvaluator.Evaluate([4, 2, 3, 1], positives: 2);
        Assert.Equal((1 + 2 / 3.0) / 2, result.Map, 1e-12);
        Assert.Equal(1, result.Mrr);
        Assert.Equal((1 + Third) / (1 + 1 / Math.Log2(3)), result.Ndcg, 1e-12);
        // The first one only, and it is negative.
        result = RerankingEvaluator.Evaluate([1, 2], positives: 1, k: 1);
        Assert.Equal((0.5, 0, 0), (result.Map, result.Mrr, result.Ndcg));
    }

    [Fact]
    public void Documents_of_equal_scores_share_precision_and_gain()
    {
        var result = RerankingEvaluator.Evaluate([1, 1], positives: 1);
        Assert.Equal(0.5, result.Map);
        Assert.Equal((1 + 1 / Math.Log2(3)) / 2, result.Ndcg, 1e-12);
    }

    [Fact]
    public void Reranking_with_a_model_leaves_samples_out_that_have_nothing_to_rank()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        var result = new RerankingEvaluator([
            new("기차가 옵니다", ["기차가 옵니다"], ["오늘 날씨가 좋아요", "졸음이 옵니다"]),
            new("오늘 날씨가 좋아요", [], ["기차가 옵니다"]),
        ]).Evaluate(model);
        Assert.Equal(new RerankingResult(10, 1, 1, 1), result);
    }

    [Fact]
    public void Scores_and_cut_offs_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RerankingEvaluator.Evaluate([1, double.NaN], 1));
        Assert.Throws<ArgumentException>(() => RerankingEvaluator.Evaluate([1], 2));
        Assert.Throws<ArgumentException>(() => RerankingEvaluator.Evaluate([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RerankingEvaluator.Evaluate([1], 1, 0));
        Assert.Throws<ArgumentException>(() =>
            new InformationRetrievalEvaluator(
                new Dictionary<string, string> { ["q"] = "" },
                new Dictionary<string, string> { ["d"] = "" },
                new Dictionary<string, IReadOnlySet<string>>()
            )
        );
    }
}
