using System.Globalization;

namespace SentenceTransformers.Tests;

/// <summary>The scores that the manifest and the card of the embedded cross-encoder publish are what it gives.</summary>
public sealed class PublishedScoresTests(EmbeddedCrossEncoder embedded)
    : IClassFixture<EmbeddedCrossEncoder>
{
    private static readonly ModelEntry Entry = ModelManifest.Models.Single(model =>
        model.Name == "ko-mini-cross"
    );

    [Fact]
    public void The_manifest_s_scores_are_the_model_s()
    {
        var example = Assert.Single(Entry.Examples);
        Assert.Equal(3, example.Decimals);
        var scores = embedded.Model.Predict(example.Pairs.Select(pair => (pair.Text, pair.Pair)));
        Assert.Equal(
            example.Pairs.Select(pair => pair.Value),
            scores.Select(score => Math.Round((double)score, 3))
        );
    }

    [Fact]
    public void The_card_s_tables_are_the_manifest_s_pairs()
    {
        var rows = File.ReadLines(Path.Combine(Entry.Folder!, "README.md"))
            .Where(line => line.StartsWith("| .", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new PublishedPair(
                cells[2],
                cells[3],
                double.Parse(cells[1], CultureInfo.InvariantCulture)
            ));
        Assert.Equal(rows, Entry.Examples[0].Pairs);
    }

    [Fact]
    public void What_the_card_says_of_its_failures_is_so()
    {
        var value = Entry
            .Examples[0]
            .Pairs.ToDictionary(pair => (pair.Text, pair.Pair), pair => pair.Value);
        Assert.True(
            value[("나는 밥을 먹었다", "나는 밥을 안 먹었다")]
                > value[("나는 밥을 먹었다", "나는 식사를 했다")]
        );
        Assert.True(
            value[("개가 고양이를 쫓았다", "고양이가 개를 쫓았다")]
                > value[("개가 고양이를 쫓았다", "고양이가 개에게 쫓겼다")]
        );
        Assert.True(
            value[("물이 차갑다", "기분이 차갑다")] > value[("물이 차갑다", "얼음물처럼 시원하다")]
        );
        Assert.NotEqual(
            value[("잠이 안옵니다", "졸음이 옵니다")],
            value[("졸음이 옵니다", "잠이 안옵니다")]
        );
    }
}
