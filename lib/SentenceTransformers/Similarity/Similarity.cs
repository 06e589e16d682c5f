using System.Numerics;
using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>How alike embeddings are: one pair, row by row, or every row with every other.</summary>
/// <remarks>
/// Follows <c>sentence_transformers.util</c> (cos_sim, dot_score, euclidean_sim, manhattan_sim and their pairwise forms): distances
/// are negative, so that larger is always more alike, and a row of zeros has cosine 0 with everything.
/// Every method throws <see cref="ArgumentException"/>, naming the row, where rows are missing, differ in length, or hold NaN or an infinity.
/// </remarks>
public static partial class Similarity
{
    private delegate float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b);

    /// <summary>The cosine similarity of two embeddings; shapes [dimension].</summary>
    public static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Pair(SimilarityFunction.Cosine, a, b);

    /// <summary>The cosine similarity of each row of <paramref name="a"/> with each row of <paramref name="b"/>; shape [a, b].</summary>
    public static float[,] Cosine(float[][] a, float[][] b) =>
        Matrix(SimilarityFunction.Cosine, a, b);

    /// <summary>The cosine similarity of each row with each row; symmetric, shape [a, a].</summary>
    public static float[,] Cosine(float[][] a) => Matrix(SimilarityFunction.Cosine, a);

    /// <summary>The cosine similarity of row i of <paramref name="a"/> with row i of <paramref name="b"/>; shape [rows].</summary>
    public static float[] PairwiseCosine(float[][] a, float[][] b) =>
        Pairwise(SimilarityFunction.Cosine, a, b);

    /// <summary>The dot product of two embeddings; shapes [dimension].</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Pair(SimilarityFunction.Dot, a, b);

    /// <summary>The dot product of each row of <paramref name="a"/> with each row of <paramref name="b"/>; shape [a, b].</summary>
    public static float[,] Dot(float[][] a, float[][] b) => Matrix(SimilarityFunction.Dot, a, b);

    /// <summary>The dot product of each row with each row; symmetric, shape [a, a].</summary>
    public static float[,] Dot(float[][] a) => Matrix(SimilarityFunction.Dot, a);

    /// <summary>The dot product of row i of <paramref name="a"/> with row i of <paramref name="b"/>; shape [rows].</summary>
    public static float[] PairwiseDot(float[][] a, float[][] b) =>
        Pairwise(SimilarityFunction.Dot, a, b);

    /// <summary>The negative Euclidean distance of two embeddings; shapes [dimension].</summary>
    public static float Euclidean(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Pair(SimilarityFunction.Euclidean, a, b);

    /// <summary>The negative Euclidean distance of each row of <paramref name="a"/> and each row of <paramref name="b"/>; shape [a, b].</summary>
    public static float[,] Euclidean(float[][] a, float[][] b) =>
        Matrix(SimilarityFunction.Euclidean, a, b);

    /// <summary>The negative Euclidean distance of each row and each row; symmetric, shape [a, a].</summary>
    public static float[,] Euclidean(float[][] a) => Matrix(SimilarityFunction.Euclidean, a);

    /// <summary>The negative Euclidean distance of row i of <paramref name="a"/> and row i of <paramref name="b"/>; shape [rows].</summary>
    public static float[] PairwiseEuclidean(float[][] a, float[][] b) =>
        Pairwise(SimilarityFunction.Euclidean, a, b);

    /// <summary>The negative Manhattan distance of two embeddings; shapes [dimension].</summary>
    public static float Manhattan(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        Pair(SimilarityFunction.Manhattan, a, b);

    /// <summary>The negative Manhattan distance of each row of <paramref name="a"/> and each row of <paramref name="b"/>; shape [a, b].</summary>
    public static float[,] Manhattan(float[][] a, float[][] b) =>
        Matrix(SimilarityFunction.Manhattan, a, b);

    /// <summary>The negative Manhattan distance of each row and each row; symmetric, shape [a, a].</summary>
    public static float[,] Manhattan(float[][] a) => Matrix(SimilarityFunction.Manhattan, a);

    /// <summary>The negative Manhattan distance of row i of <paramref name="a"/> and row i of <paramref name="b"/>; shape [rows].</summary>
    public static float[] PairwiseManhattan(float[][] a, float[][] b) =>
        Pairwise(SimilarityFunction.Manhattan, a, b);

    /// <summary>Two embeddings by a function chosen at run time; shapes [dimension].</summary>
    public static float Pair(
        SimilarityFunction function,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b
    )
    {
        if (a.IsEmpty)
            throw new ArgumentException("no numbers", nameof(a));
        if (a.Length != b.Length)
            throw new ArgumentException(
                $"expected {a.Length} numbers, found {b.Length}",
                nameof(b)
            );
        RequireFinite(a, "", nameof(a));
        RequireFinite(b, "", nameof(b));
        return function == SimilarityFunction.Cosine
            ? TensorPrimitives.Dot(a, b) / Normalize.Length(a) / Normalize.Length(b)
            : ScoreOf(function)(a, b);
    }

    /// <summary>Each row of <paramref name="a"/> with each row of <paramref name="b"/>, by a function chosen at run time; shape [a, b].</summary>
    public static float[,] Matrix(SimilarityFunction function, float[][] a, float[][] b)
    {
        Require(a, b);
        var score = ScoreOf(function);
        (a, b) = (Prepare(function, a), Prepare(function, b));

        var scores = new float[a.Length, b.Length];
        for (var i = 0; i < a.Length; i++)
        for (var j = 0; j < b.Length; j++)
            scores[i, j] = score(a[i], b[j]);
        return scores;
    }

    /// <summary>Each row with each row, by a function chosen at run time; symmetric, shape [a, a].</summary>
    public static float[,] Matrix(SimilarityFunction function, float[][] a)
    {
        Require(a, nameof(a));
        var score = ScoreOf(function);
        a = Prepare(function, a);

        var scores = new float[a.Length, a.Length];
        for (var i = 0; i < a.Length; i++)
        for (var j = 0; j <= i; j++)
            scores[i, j] = scores[j, i] = score(a[i], a[j]);
        return scores;
    }

    /// <summary>Row i of <paramref name="a"/> with row i of <paramref name="b"/>, by a function chosen at run time; shape [rows].</summary>
    public static float[] Pairwise(SimilarityFunction function, float[][] a, float[][] b)
    {
        Require(a, b);
        if (a.Length != b.Length)
            throw new ArgumentException($"expected {a.Length} rows, found {b.Length}", nameof(b));
        var score = ScoreOf(function);
        (a, b) = (Prepare(function, a), Prepare(function, b));

        var scores = new float[a.Length];
        for (var i = 0; i < a.Length; i++)
            scores[i] = score(a[i], b[i]);
        return scores;
    }

    private static float[][] Prepare(SimilarityFunction function, float[][] rows) =>
        function == SimilarityFunction.Cosine
            ? Array.ConvertAll(rows, row => Normalize.ToUnitLength(row))
            : rows;

    /// <summary>The function of two prepared rows: the cosine is the dot product of rows of length 1.</summary>
    private static Score ScoreOf(SimilarityFunction function) =>
        function switch
        {
            SimilarityFunction.Cosine or SimilarityFunction.Dot => TensorPrimitives.Dot,
            // Subtracted from zero, because a negated zero prints as "-0".
            SimilarityFunction.Euclidean => (a, b) => 0 - TensorPrimitives.Distance(a, b),
            SimilarityFunction.Manhattan => (a, b) => 0 - ManhattanDistance(a, b),
            _ => throw new ArgumentOutOfRangeException(
                nameof(function),
                function,
                "not a similarity function"
            ),
        };

    private static float ManhattanDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sums += Vector.Abs(new Vector<float>(a[i..]) - new Vector<float>(b[i..]));
        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += MathF.Abs(a[i] - b[i]);
        return sum;
    }

    internal static void Require(float[][] a, float[][] b)
    {
        Require(a, nameof(a));
        Require(b, nameof(b));
        if (a[0].Length != b[0].Length)
            throw new ArgumentException(
                $"expected rows of {a[0].Length} numbers, found {b[0].Length}",
                nameof(b)
            );
    }

    /// <summary>Refuses rows that cannot be compared, naming the first.</summary>
    internal static void Require(float[][] rows, string name)
    {
        ArgumentNullException.ThrowIfNull(rows, name);
        if (rows.Length == 0)
            throw new ArgumentException("no rows", name);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] is null or [])
                throw new ArgumentException($"row {i} has no numbers", name);
            if (rows[i].Length != rows[0].Length)
                throw new ArgumentException(
                    $"row {i} has {rows[i].Length} numbers, row 0 has {rows[0].Length}",
                    name
                );
            RequireFinite(rows[i], $"row {i} ", name);
        }
    }

    private static void RequireFinite(ReadOnlySpan<float> row, string which, string name)
    {
        if (NonFinite.IndexIn(row, out var found) is >= 0 and var i)
            throw new ArgumentException($"{which}holds {found} at {i}", name);
    }
}
