namespace SentenceTransformers.Tests;

/// <summary>Hard negatives: which candidates are taken, by hand, and with a model.</summary>
public sealed class HardNegativesTests
{
    // Documents 0 to 6 in the order of their scores; 1 and 4 answer the anchor.
    private static readonly SearchHit[] Candidates =
    [
        new(0, 0.9f),
        new(1, 0.8f),
        new(2, 0.7f),
        new(3, 0.6f),
        new(4, 0.5f),
        new(5, 0.4f),
        new(6, 0.3f),
    ];

    [Fact]
    public void The_most_similar_that_are_no_positives_are_taken() =>
        Assert.Equal([0, 2, 3], Choose(new()));

    [Fact]
    public void Ranges_count_what_is_left()
    {
        Assert.Equal([2, 3, 5], Choose(new() { RangeMin = 1 }));
        Assert.Equal(
            [2],
            Choose(
                new()
                {
                    RangeMin = 1,
                    RangeMax = 2,
                    NegativeCount = 1,
                }
            )
        );
        Assert.Equal([6], Choose(new() { RangeMin = 4 })); // and no others are there
    }

    [Fact]
    public void Scores_and_margins_refuse_candidates()
    {
        Assert.Equal([2, 3, 5], Choose(new() { MaxScore = 0.7f }));
        Assert.Equal([0, 2, 3], Choose(new() { MinScore = 0.6f, NegativeCount = 5 }));
        // The lowest positive scores 0.5: a margin of 0.05 leaves 0.4 and 0.3, one of 0.3 of it (to 0.35) only 0.3.
        Assert.Equal([5, 6], Choose(new() { AbsoluteMargin = 0.05f }));
        Assert.Equal([6], Choose(new() { RelativeMargin = 0.3f }));
    }

    [Fact]
    public void A_relative_margin_lies_below_a_negative_score_too()
    {
        // -1 less 10 % of 1 is -1.1.
        var options = new HardNegativeOptions { RelativeMargin = 0.1f }.Resolve(1);
        Assert.Equal(
            [new SearchHit(2, -1.2f)],
            HardNegatives.Choose(
                [new(0, -1), new(1, -1.05f), new(2, -1.2f)],
                [0],
                -1,
                options,
                null
            )
        );
    }

    [Fact]
    public void A_seed_takes_others_the_same_each_time_and_in_order()
    {
        var options = new HardNegativeOptions { RangeMax = 5, NegativeCount = 2 };
        var chosen = Enumerable
            .Range(0, 50)
            .Select(seed => Choose(options, new Random(seed)))
            .ToArray();
        Assert.All(chosen, ids => Assert.Equal(ids.Order(), ids));
        Assert.Equal([0, 2, 3, 5, 6], chosen.SelectMany(ids => ids).Distinct().Order());
        Assert.Equal(Choose(options, new Random(7)), Choose(options, new Random(7)));
    }

    [Fact]
    public void Triplets_have_every_positive_with_every_negative()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        var mined = HardNegatives.Mine(
            model,
            [("기차", "기차가 옵니다"), ("날씨", "오늘 날씨가 좋아요"), ("기차", "열차가 옵니다")],
            corpus: ["졸음이 옵니다", "기차가 옵니다"],
            new() { NegativeCount = 2 }
        );
        Assert.Equal(
            [("기차", 4), ("날씨", 2)],
            mined.GroupBy(triplet => triplet.Anchor).Select(group => (group.Key, group.Count()))
        );
        Assert.All(
            mined.Where(triplet => triplet.Anchor == "기차"),
            triplet =>
                Assert.DoesNotContain(triplet.Negative, new[] { "기차가 옵니다", "열차가 옵니다" })
        );
        foreach (var triplet in mined)
        {
            var cosines = Similarity.Cosine(
                [model.Encode(triplet.Anchor)],
                model.Encode([triplet.Positive, triplet.Negative])
            );
            Assert.Equal(cosines[0, 0], triplet.PositiveScore, 1e-6f);
            Assert.Equal(cosines[0, 1], triplet.NegativeScore, 1e-6f);
        }
    }

    [Fact]
    public void Options_that_leave_no_room_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Choose(new() { RangeMin = 3, RangeMax = 5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Choose(new() { NegativeCount = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Choose(new() { RangeMin = -1 }));
        Assert.Throws<ArgumentException>(() => Choose(new() { MaxScore = float.NaN }));
        using var model = SentenceTransformer.Load("ko-mini");
        Assert.Throws<ArgumentException>(() => HardNegatives.Mine(model, []));
    }

    private static int[] Choose(HardNegativeOptions options, Random? random = null) =>
        [
            .. HardNegatives
                .Choose(Candidates, [1, 4], 0.5f, options.Resolve(mostPositives: 2), random)
                .Select(hit => hit.CorpusId),
        ];
}
