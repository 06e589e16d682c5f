namespace SentenceTransformers;

public static partial class Similarity
{
    /// <summary>The angle similarity of row i of <paramref name="a"/> with row i of <paramref name="b"/>, at least 0; shape [rows].</summary>
    /// <remarks>
    /// AnglE: Li and Li 2023. A row's first half is taken for real parts and its second for imaginary ones (an odd row is
    /// filled with a zero); the score is the absolute sum of both parts of all quotients, over the quotient of the rows' lengths.
    /// Follows <c>pairwise_angle_sim</c>; made for training: a row of zeros gives NaN, as there.
    /// </remarks>
    public static float[] PairwiseAngle(float[][] a, float[][] b)
    {
        Require(a, b);
        if (a.Length != b.Length)
            throw new ArgumentException($"expected {a.Length} rows, found {b.Length}", nameof(b));
        return [.. a.Select((row, i) => Angle(row, b[i]))];
    }

    private static float Angle(float[] x, float[] y)
    {
        var half = (x.Length + 1) / 2;
        float xSquares = 0,
            ySquares = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xSquares += x[i] * x[i];
            ySquares += y[i] * y[i];
        }
        var lengths = MathF.Sqrt(xSquares) / MathF.Sqrt(ySquares);
        float sum = 0;
        for (var i = 0; i < half; i++)
        {
            // (a + bi) / (c + di), where an odd row lacks the last imaginary part
            var (a, c) = (x[i], y[i]);
            var (b, d) = half + i < x.Length ? (x[half + i], y[half + i]) : (0, 0);
            sum += (a * c + b * d) / ySquares / lengths;
            sum += (b * c - a * d) / ySquares / lengths;
        }
        return MathF.Abs(sum);
    }
}
