namespace SentenceTransformers.Tests;

/// <summary>MaxSim and angle similarity against sentence-transformers 6, and by hand.</summary>
public sealed class MaxSimTests
{
    // Two tokens; with Document: token [1, 0] finds 3, token [0, 2] finds -2 (of -2 and -8).
    private static readonly float[][] Query =
    [
        [1, 0],
        [0, 2],
    ];

    private static readonly float[][] Document =
    [
        [3, -1],
        [2, -4],
    ];

    [Fact]
    public void MaxSim_equals_the_reference()
    {
        var golden = Goldens.Json(Goldens.Own("util/misc.json")).GetProperty("maxsim");
        var (a, b) = (Tokens(golden.GetProperty("a")), Tokens(golden.GetProperty("b")));
        var expected = Goldens.Rows(golden.GetProperty("output"));
        var actual = Similarity.MaxSim(a, b);
        for (var i = 0; i < a.Length; i++)
        for (var j = 0; j < b.Length; j++)
        {
            SearchGoldens.AssertScore(expected[i][j], actual[i, j], $"[{i}, {j}]");
            Assert.Equal(actual[i, j], Similarity.PairwiseMaxSim([a[i]], [b[j]])[0]);
        }

        static float[][][] Tokens(System.Text.Json.JsonElement tensor) =>
            [.. Goldens.Rows(tensor).Chunk(Goldens.Shape(tensor)[1])];
    }

    [Fact]
    public void Each_query_token_takes_its_most_similar_document_token()
    {
        Assert.Equal(3 - 2, Similarity.MaxSim([Query], [Document])[0, 0]);
        Assert.Equal(0.5f, Similarity.MaxSim([Query], [Document], lengthNormalize: true)[0, 0]);
        Assert.Equal([1, 3], Similarity.PairwiseMaxSim([Query, Query[..1]], [Document, Document]));
    }

    [Fact]
    public void A_document_without_tokens_is_last_and_a_query_without_tokens_scores_zero()
    {
        Assert.Equal(
            -1e9f,
            Similarity.MaxSim(
                [Query],
                [
                    [],
                ]
            )[0, 0]
        );
        Assert.Equal(
            0,
            Similarity.MaxSim(
                [
                    [],
                ],
                [Document],
                lengthNormalize: true
            )[0, 0]
        );
        Assert.Empty(Similarity.MaxSim([], [Document]));
    }

    [Fact]
    public void Tokens_that_cannot_be_compared_are_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            Similarity.MaxSim(
                [Query],
                [
                    [
                        [1, 2, 3],
                    ],
                ]
            )
        );
        Assert.Throws<ArgumentException>(() =>
            Similarity.MaxSim(
                [
                    [
                        [1, float.NaN],
                    ],
                ],
                [Document]
            )
        );
        Assert.Throws<ArgumentException>(() => Similarity.PairwiseMaxSim([Query], []));
    }

    [Fact]
    public void Angle_similarity_equals_the_reference()
    {
        var compared = 0;
        var golden = Goldens.Json(Goldens.Own("util/similarity.json"));
        foreach (var c in golden.GetProperty("cases").EnumerateArray())
            if (c.GetProperty("outputs").TryGetProperty("pairwise_angle_sim", out var output))
            {
                var actual = Similarity.PairwiseAngle(
                    Goldens.Rows(c.GetProperty("a")),
                    Goldens.Rows(c.GetProperty("b"))
                );
                Goldens.AssertClose(Goldens.Floats(output), actual, 1e-6f, "angle");
                compared++;
            }
        Assert.Equal(2, compared);
    }

    [Fact]
    public void The_angle_of_an_odd_row_is_that_of_the_row_filled_with_a_zero()
    {
        // (3 + 4i) / 5 over (1 + 0i): real 0.6, imaginary 0.8.
        Assert.Equal(
            1.4f,
            Similarity.PairwiseAngle(
                [
                    [3, 4],
                ],
                [
                    [1, 0],
                ]
            )[0],
            1e-6f
        );
        Assert.Equal(
            Similarity.PairwiseAngle(
                [
                    [1, 2, 3, 0],
                ],
                [
                    [3, 1, -2, 0],
                ]
            ),
            Similarity.PairwiseAngle(
                [
                    [1, 2, 3],
                ],
                [
                    [3, 1, -2],
                ]
            )
        );
    }
}
