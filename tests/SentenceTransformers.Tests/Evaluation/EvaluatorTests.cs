namespace SentenceTransformers.Tests;

/// <summary>Evaluators of pairs and triplets, worked by hand on embeddings of two numbers.</summary>
public sealed class EvaluatorTests
{
    private static readonly float[][] East =
    [
        [1, 0],
        [1, 0],
        [1, 0],
        [1, 0],
    ];

    // With East: dot products 4, 3, 2, 1; Euclidean distances 3, 2, 1, 0.
    private static readonly float[][] FourToOne =
    [
        [4, 0],
        [3, 0],
        [2, 0],
        [1, 0],
    ];

    [Fact]
    public void Embedding_similarity_correlates_similarities_with_scores()
    {
        var result = EmbeddingSimilarityEvaluator.Evaluate(
            East,
            FourToOne,
            [5, 3, 2, 0],
            SimilarityFunction.Dot
        );
        // Means 2.5 and 2.5; products 1.5*2.5 + 0.5*0.5 + 0.5*0.5 + 1.5*2.5 = 8; squares 5 and 13.
        Assert.Equal(8 / Math.Sqrt(65), result.Pearson, 1e-12);
        Assert.Equal(1, result.Spearman, 1e-12);
        Assert.Equal(SimilarityFunction.Dot, result.Function);
        // Negative distances: what is far is less alike.
        Assert.Equal(
            -1,
            EmbeddingSimilarityEvaluator
                .Evaluate(East, FourToOne, [5, 3, 2, 0], SimilarityFunction.Manhattan)
                .Spearman,
            1e-12
        );
    }

    [Fact]
    public void Binary_classification_finds_the_best_thresholds()
    {
        // Best first: together, not, together, not (scores 4, 3, 2, 1).
        var result = BinaryClassificationEvaluator.Evaluate(
            East,
            FourToOne,
            [true, false, true, false],
            SimilarityFunction.Dot
        );
        // Cut after 4: both negatives and one positive are right, 3/4; after 2 as many, and the first counts.
        Assert.Equal((0.75, 3.5), (result.Accuracy, result.AccuracyThreshold));
        // F1: after 4: P 1, R 1/2, 2/3; after 3: 1/2, 1/2, 1/2; after 2: 2/3, 1, 4/5.
        Assert.Equal(0.8, result.F1, 1e-12);
        Assert.Equal(1.5, result.F1Threshold);
        Assert.Equal((2 / 3.0, 1.0), (result.Precision, result.Recall));
        // Precision where recall grows: 1/2 * 1 + 1/2 * 2/3.
        Assert.Equal(5 / 6.0, result.AveragePrecision, 1e-12);
        // At 1.5: two true, one false positive, one true negative: (2*1 - 1*0) / sqrt(3 * 2 * 2 * 1).
        Assert.Equal(2 / Math.Sqrt(12), result.MatthewsCorrelation, 1e-12);
    }

    [Fact]
    public void Thresholds_of_distances_are_positive()
    {
        // Distances 3, 2, 1, 0: below is together.
        var result = BinaryClassificationEvaluator.Evaluate(
            East,
            FourToOne,
            [false, false, true, true],
            SimilarityFunction.Euclidean
        );
        Assert.Equal((1.0, 1.5), (result.Accuracy, result.AccuracyThreshold));
        Assert.Equal((1.0, 1.5), (result.F1, result.F1Threshold));
        Assert.Equal((1.0, 1.0), (result.AveragePrecision, result.MatthewsCorrelation));
    }

    [Fact]
    public void With_no_pair_together_nothing_is_found()
    {
        var result = BinaryClassificationEvaluator.Evaluate(East, FourToOne, new bool[4]);
        Assert.Equal((0.75, 0, 0), (result.Accuracy, result.F1, result.AveragePrecision));
        Assert.Equal((0, 0), (result.F1Threshold, result.MatthewsCorrelation));
    }

    [Fact]
    public void A_triplet_is_right_where_the_positive_is_nearer_by_more_than_the_margin()
    {
        float[][] two =
        [
            [2, 0],
            [2, 0],
            [2, 0],
            [2, 0],
        ];
        // 4 and 3 are more than 2; 2 is not more; 1 is less.
        Assert.Equal(
            0.5,
            TripletEvaluator.Evaluate(East, FourToOne, two, SimilarityFunction.Dot).Accuracy
        );
        Assert.Equal(
            0.25,
            TripletEvaluator.Evaluate(East, FourToOne, two, SimilarityFunction.Dot, 1).Accuracy
        );
    }

    [Fact]
    public void Models_are_evaluated_as_they_are_meant_to_compare()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        string[] a = ["기차가 옵니다", "오늘 날씨가 좋아요"];
        string[] b = ["열차가 옵니다", "오늘 하늘이 맑아요"];
        var result = Assert.Single(new TripletEvaluator(a, a, b).Evaluate(model));
        Assert.Equal(new TripletResult(SimilarityFunction.Cosine, 1), result);
        var both = new EmbeddingSimilarityEvaluator([.. a, a[0]], [.. a, a[1]], [1, 1, 0]).Evaluate(
            model,
            [SimilarityFunction.Cosine, SimilarityFunction.Euclidean]
        );
        Assert.Equal(
            [SimilarityFunction.Cosine, SimilarityFunction.Euclidean],
            both.Select(r => r.Function)
        );
        Assert.All(both, r => Assert.True(r.Pearson > 0.99));
        var binary = new BinaryClassificationEvaluator(
            [.. a, a[0]],
            [.. a, a[1]],
            [true, true, false]
        );
        Assert.Equal(1, Assert.Single(binary.Evaluate(model)).Accuracy);
    }

    [Fact]
    public void Data_that_does_not_match_is_refused()
    {
        Refused(
            () => new EmbeddingSimilarityEvaluator([], [], []),
            "nothing to evaluate on (Parameter 'sentences1')"
        );
        Refused(
            () => new EmbeddingSimilarityEvaluator(["a"], [], [1]),
            "expected 1, found 0 (Parameter 'sentences2')"
        );
        Refused(
            () => new EmbeddingSimilarityEvaluator(["a"], ["b"], [double.NaN]),
            "holds NaN at 0 (Parameter 'scores')"
        );
        Refused(
            () => new TripletEvaluator(["a"], ["b"], []),
            "expected 1, found 0 (Parameter 'negatives')"
        );
        Refused(
            () => new BinaryClassificationEvaluator(["a"], ["b"], []),
            "expected 1, found 0 (Parameter 'labels')"
        );
        Refused(
            () => new RerankingEvaluator([new("q", ["a"], [])]),
            "nothing to evaluate on (Parameter 'samples')"
        );

        Assert.Throws<ArgumentNullException>(() => new TripletEvaluator(["a"], null!, ["c"]));

        static void Refused(Func<object> make, string message) =>
            Assert.Equal(message, Assert.Throws<ArgumentException>(make).Message);
    }
}
