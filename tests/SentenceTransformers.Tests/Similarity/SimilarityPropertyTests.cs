namespace SentenceTransformers.Tests;

/// <summary>What holds for any rows, on seeded random ones.</summary>
public sealed class SimilarityPropertyTests
{
    private const float Tolerance = 1e-6f;

    private static readonly float[][] Rows = RandomRows(count: 12, dimension: 37, seed: 1);

    public static TheoryData<SimilarityFunction> Functions =>
        [.. Enum.GetValues<SimilarityFunction>()];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_matrix_of_rows_with_themselves_is_symmetric_and_equals_the_one_of_two_arguments(
        SimilarityFunction function
    )
    {
        var one = Similarity.Matrix(function, Rows);
        var two = Similarity.Matrix(function, Rows, Rows);
        for (var i = 0; i < Rows.Length; i++)
        for (var j = 0; j < Rows.Length; j++)
        {
            Assert.Equal(one[i, j], one[j, i]);
            Assert.Equal(two[i, j], one[i, j]);
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Pairwise_is_the_diagonal_of_the_matrix(SimilarityFunction function)
    {
        var others = RandomRows(Rows.Length, Rows[0].Length, seed: 2);
        var matrix = Similarity.Matrix(function, Rows, others);
        var pairs = Similarity.Pairwise(function, Rows, others);
        for (var i = 0; i < Rows.Length; i++)
            Assert.Equal(matrix[i, i], pairs[i]);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Exchanging_rows_exchanges_scores(SimilarityFunction function)
    {
        int[] order = [.. Enumerable.Range(0, Rows.Length).Select(i => (5 * i + 3) % Rows.Length)];
        Assert.Equal(Enumerable.Range(0, Rows.Length), order.Order());
        var before = Similarity.Matrix(function, Rows);
        var after = Similarity.Matrix(function, [.. order.Select(i => Rows[i])]);
        for (var i = 0; i < order.Length; i++)
        for (var j = 0; j < order.Length; j++)
            Assert.Equal(before[order[i], order[j]], after[i, j]);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void No_row_is_nearer_to_a_row_than_itself(SimilarityFunction function)
    {
        // The dot product is no such measure unless all rows have the same length.
        var rows = Array.ConvertAll(Rows, row => Normalize.ToUnitLength(row));
        var matrix = Similarity.Matrix(function, rows);
        for (var i = 0; i < rows.Length; i++)
        for (var j = 0; j < rows.Length; j++)
            Assert.True(i == j || matrix[i, j] < matrix[i, i]);
    }

    [Fact]
    public void The_cosine_with_itself_is_one_with_its_opposite_minus_one_and_with_zero_zero()
    {
        foreach (var row in Rows)
        {
            Assert.Equal(1, Similarity.Cosine(row, row), Tolerance);
            Assert.Equal(-1, Similarity.Cosine(row, Array.ConvertAll(row, x => -x)), Tolerance);
            Assert.Equal(0, Similarity.Cosine(row, new float[row.Length]));
        }
    }

    [Theory]
    [InlineData(1e-6f)]
    [InlineData(3)]
    [InlineData(1e9f)]
    public void The_cosine_does_not_depend_on_length(float factor)
    {
        var scaled = Array.ConvertAll(Rows, row => Array.ConvertAll(row, x => x * factor));
        var expected = Similarity.Cosine(Rows);
        var actual = Similarity.Cosine(Rows, scaled);
        for (var i = 0; i < Rows.Length; i++)
        for (var j = 0; j < Rows.Length; j++)
            Assert.Equal(expected[i, j], actual[i, j], Tolerance);
    }

    [Fact]
    public void The_cosine_is_the_dot_product_of_normalised_rows()
    {
        var unit = new Normalize().Run(Rows);
        Assert.Equal(Similarity.Dot(unit), Similarity.Cosine(Rows));
    }

    [Fact]
    public void Mean_and_mean_sqrt_len_pooling_give_the_same_cosines()
    {
        // They differ by a factor for each text, which the cosine does not see.
        var mean = Pool(PoolingMode.Mean);
        var meanSqrtLen = Pool(PoolingMode.MeanSqrtLenTokens);
        Assert.NotEqual(mean, meanSqrtLen);
        var (a, b) = (Similarity.Cosine(mean), Similarity.Cosine(meanSqrtLen));
        for (var i = 0; i < mean.Length; i++)
        for (var j = 0; j < mean.Length; j++)
            Assert.Equal(a[i, j], b[i, j], Tolerance);

        static float[][] Pool(PoolingMode mode)
        {
            var dimension = Rows[0].Length;
            var features = new Features
            {
                InputIds = new long[12],
                TokenTypeIds = new long[12],
                AttentionMask = [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0],
                BatchSize = 3,
                TokenCount = 4,
                TokenEmbeddings = new([.. Rows.SelectMany(row => row)], 3, 4, dimension),
            };
            new Pooling(dimension, mode).Forward(features);
            return features.SentenceEmbeddings!;
        }
    }

    private static float[][] RandomRows(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    Enumerable
                        .Range(0, dimension)
                        .Select(_ => 2 * random.NextSingle() - 1)
                        .ToArray()
                ),
        ];
    }
}
