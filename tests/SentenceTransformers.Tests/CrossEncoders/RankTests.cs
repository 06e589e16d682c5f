namespace SentenceTransformers.Tests;

/// <summary>Documents in the order of their scores.</summary>
public sealed class RankTests(EmbeddedCrossEncoder embedded) : IClassFixture<EmbeddedCrossEncoder>
{
    private const string Query = "오늘 날씨가 좋아요";

    private static readonly string[] Documents =
    [
        "기차가 옵니다",
        "졸음이 옵니다",
        "기차가 옵니다",
        "오늘 하늘이 맑아요",
    ];

    private readonly CrossEncoder model = embedded.Model;

    [Fact]
    public void The_best_document_comes_first_and_equal_ones_stay_in_order()
    {
        var scores = model.Predict(Documents.Select(document => (Query, document)));
        Assert.Equal(scores[0], scores[2]); // the premise: there is a tie
        var ranked = model.Rank(Query, Documents);
        Assert.Equal(3, ranked[0].Index);
        Assert.Equal(
            [0, 2],
            ranked.Where(document => document.Index % 2 == 0).Select(document => document.Index)
        );
        Assert.Equal(scores.OrderDescending(), ranked.Select(document => document.Score));
        Assert.All(
            ranked,
            document =>
                Assert.Equal(
                    (scores[document.Index], Documents[document.Index]),
                    (document.Score, document.Text)
                )
        );
    }

    [Fact]
    public void Only_the_first_few_are_given_where_that_is_asked()
    {
        var ranked = model.Rank(Query, Documents);
        Assert.Equal(ranked.Take(2), model.Rank(Query, Documents, topK: 2));
        Assert.Equal(ranked, model.Rank(Query, Documents, topK: 100));
        Assert.Empty(model.Rank(Query, Documents, topK: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Rank(Query, Documents, topK: -1));
    }

    [Fact]
    public void One_document_or_none_can_be_ranked_too()
    {
        Assert.Equal(0, Assert.Single(model.Rank(Query, ["한 문서"])).Index);
        Assert.Empty(model.Rank(Query, []));
        Assert.Empty(model.Predict([]));
    }
}
