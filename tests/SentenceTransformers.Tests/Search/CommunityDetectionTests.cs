using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Community detection against sentence-transformers 6 on a CPU, and by hand.</summary>
public sealed class CommunityDetectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Communities_equal_those_of_the_reference_in_every_order(bool shared)
    {
        var golden = SearchGoldens.Read("community_detection", shared);
        var embeddings = Goldens.Rows(golden.GetProperty("embeddings"));
        foreach (var (_, arguments, expected) in SearchGoldens.Cases(golden))
            Assert.Equal(
                expected.GetProperty("communities").Deserialize<int[][]>()!,
                CommunityDetection.Find(
                    embeddings,
                    arguments.TryGetProperty("threshold", out var threshold)
                        ? threshold.GetSingle()
                        : 0.75f,
                    arguments.Integer("min_community_size", 10),
                    arguments.Integer("batch_size", 1024)
                )
            );
    }

    [Fact]
    public void A_row_between_two_groups_goes_with_the_larger()
    {
        // By degrees: 0, 10, 20 and 70, 80; 45 is within 30 of 20 and of 70, and 20 within 30 of 0, 10, 20, 45.
        var rows = new[] { 0, 10, 20, 45, 70, 80 }.Select(OnCircle).ToArray();
        var cosine = MathF.Cos(30 * MathF.PI / 180);
        Assert.Equal(
            [
                [2, 1, 0, 3],
                [4, 5],
            ],
            CommunityDetection.Find(rows, cosine, minCommunitySize: 2)
        );
        Assert.Equal(
            [
                [2, 1, 0, 3],
            ],
            CommunityDetection.Find(rows, cosine, minCommunitySize: 3, batchSize: 1)
        );
    }

    [Fact]
    public void Fewer_rows_than_a_community_needs_make_one_of_all()
    {
        float[][] rows =
        [
            [1, 0],
            [1, 0.1f],
        ];
        Assert.Equal(
            [
                [0, 1],
            ],
            CommunityDetection.Find(rows)
        );
        Assert.Empty(CommunityDetection.Find([]));
    }

    [Fact]
    public void What_cannot_be_grouped_is_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            CommunityDetection.Find([
                [1],
                [1, 2],
            ])
        );
        Assert.Throws<ArgumentException>(() =>
            CommunityDetection.Find([
                [float.NaN],
            ])
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            CommunityDetection.Find(
                [
                    [1],
                ],
                float.NaN
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            CommunityDetection.Find(
                [
                    [1],
                ],
                0.5f,
                0
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            CommunityDetection.Find(
                [
                    [1],
                ],
                batchSize: 0
            )
        );
    }

    private static float[] OnCircle(int degrees) =>
        [MathF.Cos(degrees * MathF.PI / 180), MathF.Sin(degrees * MathF.PI / 180)];
}
