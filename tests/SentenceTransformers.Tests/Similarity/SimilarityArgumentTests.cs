namespace SentenceTransformers.Tests;

/// <summary>Rows that cannot be compared, and the errors that name them.</summary>
public sealed class SimilarityArgumentTests
{
    public static TheoryData<float[][], float[][], string> Refused =>
        new()
        {
            {
                [],
                [
                    [1],
                ],
                "no rows (Parameter 'a')"
            },
            {
                [
                    [1],
                ],
                [],
                "no rows (Parameter 'b')"
            },
            {
                [
                    [1],
                    [],
                ],
                [
                    [1],
                ],
                "row 1 has no numbers (Parameter 'a')"
            },
            {
                [
                    [1],
                    null!,
                ],
                [
                    [1],
                ],
                "row 1 has no numbers (Parameter 'a')"
            },
            {
                [
                    [1, 2],
                    [1, 2],
                    [1],
                ],
                [
                    [1, 2],
                ],
                "row 2 has 1 numbers, row 0 has 2 (Parameter 'a')"
            },
            {
                [
                    [1, 2],
                ],
                [
                    [1, 2, 3],
                ],
                "expected rows of 2 numbers, found 3 (Parameter 'b')"
            },
            {
                [
                    [1, 2],
                ],
                [
                    [1, 2],
                    [1, float.NaN],
                ],
                "row 1 holds NaN at 1 (Parameter 'b')"
            },
            {
                [
                    [float.NegativeInfinity, 2],
                ],
                [
                    [1, 2],
                ],
                "row 0 holds an infinity at 0 (Parameter 'a')"
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Rows_that_cannot_be_compared_are_named(float[][] a, float[][] b, string problem)
    {
        foreach (var function in Enum.GetValues<SimilarityFunction>())
        {
            AssertRefused(() => Similarity.Matrix(function, a, b));
            AssertRefused(() => Similarity.Pairwise(function, a, b));
        }

        void AssertRefused(Func<object> compute) =>
            Assert.Equal(problem, Assert.ThrowsAny<ArgumentException>(compute).Message);
    }

    [Fact]
    public void Pairs_of_different_counts_and_rows_of_different_lengths_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Similarity.PairwiseDot(
                [
                    [1],
                    [2],
                ],
                [
                    [1],
                ]
            )
        );
        Assert.StartsWith("expected 2 rows, found 1", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => Similarity.Dot([1, 2], [1]));
        Assert.StartsWith("expected 2 numbers, found 1", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => Similarity.Cosine([1, 2], [1, float.NaN]));
        Assert.StartsWith("holds NaN at 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            Similarity.Cosine(Array.Empty<float>(), Array.Empty<float>())
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Similarity.Matrix(
                (SimilarityFunction)4,
                [
                    [1],
                ]
            )
        );
    }
}
