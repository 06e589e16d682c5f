using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Similarities against those of sentence-transformers 6 (goldens/util/similarity.json), and by hand.</summary>
public sealed class SimilarityTests
{
    // Absolute up to 1, relative beyond: floats lie further apart there than 1e-6 (at 24 by 0.000002, at 37,767 by 0.004), and
    // torch adds in another order, so that its last bits differ. No cosine is beyond 1 by more than a bit.
    private const float Tolerance = 1e-6f;

    private static readonly JsonElement Golden = Goldens.Json(Goldens.Own("util/similarity.json"));

    public static TheoryData<string, SimilarityFunction> Cases
    {
        get
        {
            var cases = new TheoryData<string, SimilarityFunction>();
            foreach (var golden in Golden.GetProperty("cases").EnumerateArray())
            foreach (var function in Enum.GetValues<SimilarityFunction>())
                cases.Add(golden.GetProperty("name").GetString()!, function);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matrices_and_pairs_equal_those_of_the_reference(
        string name,
        SimilarityFunction function
    )
    {
        var golden = Golden
            .GetProperty("cases")
            .EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == name);
        var (a, b) = (Goldens.Rows(golden.GetProperty("a")), Goldens.Rows(golden.GetProperty("b")));
        var outputs = golden.GetProperty("outputs");
        var key = function switch
        {
            SimilarityFunction.Cosine => "cos_sim",
            SimilarityFunction.Dot => "dot_score",
            SimilarityFunction.Euclidean => "euclidean_sim",
            _ => "manhattan_sim",
        };
        var compared = 0;
        if (outputs.TryGetProperty(key, out var matrix))
        {
            var expected = Goldens.Rows(matrix);
            var actual = Similarity.Matrix(function, a, b);
            Assert.Equal((a.Length, b.Length), (actual.GetLength(0), actual.GetLength(1)));
            for (var i = 0; i < a.Length; i++)
            for (var j = 0; j < b.Length; j++)
            {
                AssertClose(expected[i][j], actual[i, j]);
                AssertClose(expected[i][j], Similarity.Pair(function, a[i], b[j]));
                compared++;
            }
        }
        if (outputs.TryGetProperty($"pairwise_{key}", out var pairs))
        {
            var expected = Goldens.Floats(pairs);
            var actual = Similarity.Pairwise(function, a, b);
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++, compared++)
                AssertClose(expected[i], actual[i]);
        }
        Assert.True(compared > 0, "the golden has nothing to compare");
    }

    [Fact]
    public void Each_name_computes_its_own_function()
    {
        float[][] a =
        [
            [3, 4],
        ];
        float[][] b =
        [
            [4, -3],
            [6, 8],
        ];
        Assert.Equal(
            new float[,]
            {
                { 0, 1 },
            },
            Similarity.Cosine(a, b)
        );
        Assert.Equal(
            new float[,]
            {
                { 0, 50 },
            },
            Similarity.Dot(a, b)
        );
        Assert.Equal(
            new float[,]
            {
                { -MathF.Sqrt(50), -5 },
            },
            Similarity.Euclidean(a, b)
        );
        Assert.Equal(
            new float[,]
            {
                { -8, -7 },
            },
            Similarity.Manhattan(a, b)
        );
        Assert.Equal([1], Similarity.PairwiseCosine(a, b[1..]));
        Assert.Equal([50], Similarity.PairwiseDot(a, b[1..]));
        Assert.Equal([-5], Similarity.PairwiseEuclidean(a, b[1..]));
        Assert.Equal([-7], Similarity.PairwiseManhattan(a, b[1..]));
        Assert.Equal(1, Similarity.Cosine(a[0], b[1]));
        Assert.Equal(50, Similarity.Dot(a[0], b[1]));
        Assert.Equal(-5, Similarity.Euclidean(a[0], b[1]));
        Assert.Equal(-7, Similarity.Manhattan(a[0], b[1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(33)]
    public void The_vectorised_Manhattan_distance_equals_the_plain_sum(int dimension)
    {
        float[] a = [.. Enumerable.Range(0, dimension).Select(i => (float)i)];
        float[] b =
        [
            .. Enumerable.Range(0, dimension).Select(i => (float)(i % 2 == 0 ? 0 : 2 * i)),
        ];
        Assert.Equal(-Enumerable.Range(0, dimension).Sum(), Similarity.Manhattan(a, b));
    }

    [Fact]
    public void The_distance_of_a_row_to_itself_prints_as_zero_without_a_sign()
    {
        float[] row = [1, 2, 3];
        Assert.False(float.IsNegative(Similarity.Euclidean(row, row)));
        Assert.False(float.IsNegative(Similarity.Manhattan(row, row)));
    }

    private static void AssertClose(float expected, float actual) =>
        Assert.Equal(expected, actual, Tolerance * MathF.Max(1, MathF.Abs(expected)));
}
