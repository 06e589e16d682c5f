namespace SentenceTransformers;

/// <summary>The error function, which .NET lacks and exact GELU needs.</summary>
internal static class Erf
{
    // 1 - erf(6) is 2e-17, less than a double beside 1 can show.
    private const double One = 6;

    /// <summary>erf(x) = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x, to about 1e-15.</summary>
    /// <remarks>
    /// Abramowitz and Stegun 7.1.6: erf(x) = 2/sqrt(pi) e^(-x^2) (x + 2x^3/3 + 4x^5/(3*5) + ...). All terms have the sign of x, so
    /// none of the digits cancel, and about 10 + 4x^2 of them suffice.
    /// </remarks>
    public static double Compute(double x)
    {
        if (Math.Abs(x) >= One)
            return Math.Sign(x);
        var (sum, term, before) = (x, x, 0.0);
        // Written so that NaN, which compares with nothing, ends it.
        for (var divisor = 3; Math.Abs(sum) > Math.Abs(before); divisor += 2)
        {
            before = sum;
            term *= 2 * x * x / divisor;
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
