using SentenceTransformers;

namespace Workbook.Tests;

public sealed class CosinePartsTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    [Theory]
    [InlineData("오늘 날씨가 좋아요", "오늘 하늘이 맑아요")]
    [InlineData("잠이 안옵니다", "기차가 옵니다")]
    [InlineData("나", "프로그램을 배우고 싶습니다. 그래서 책을 한 권 샀어요.")]
    [InlineData("", "빈 문장도 두 토큰이다")]
    public void The_parts_sum_to_the_cosine_that_the_library_gives(string first, string second)
    {
        var parts = new CosineParts(embedded.Model, first, second);
        var cosine = Similarity.Cosine(embedded.Model.Encode(first), embedded.Model.Encode(second));
        Assert.Equal(cosine, parts.Score, 1e-6);
        Assert.Equal(parts.Score, parts.Parts.Cast<double>().Sum(), 1e-12);
        Assert.Equal(parts.RowTokens.Count, parts.Parts.GetLength(0));
        Assert.Equal(parts.ColumnTokens.Count, parts.Parts.GetLength(1));
    }

    [Fact]
    public void Normalization_changes_no_part()
    {
        var transformer = embedded.Model.Transformer;
        var pooling = new Pooling(256);
        // Not disposed: the transformer is the fixture's.
        var normalized = new SentenceTransformer(transformer, pooling, new Normalize());
        var plain = new CosineParts(embedded.Model, "잠이 안옵니다", "졸음이 옵니다");
        Assert.Equal(
            plain.Parts.Cast<double>(),
            new CosineParts(normalized, "잠이 안옵니다", "졸음이 옵니다").Parts.Cast<double>()
        );
    }

    [Fact]
    public void A_pooling_that_is_no_sum_is_refused()
    {
        var model = new SentenceTransformer(
            embedded.Model.Transformer,
            new Pooling(256, PoolingMode.Max)
        );
        var error = Assert.Throws<ArgumentException>(() => new CosineParts(model, "가", "나"));
        Assert.Contains("mean pooling", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_heatmap_tells_the_score_and_its_parts() =>
        Assert.StartsWith(
            "Parts of the cosine 0.765, in hundredths\n",
            new CosineParts(embedded.Model, "오늘 날씨가 좋아요", "오늘 하늘이 맑아요")
                .ToHeatmap()
                .ToString(),
            StringComparison.Ordinal
        );
}
