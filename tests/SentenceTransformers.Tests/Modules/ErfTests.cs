namespace SentenceTransformers.Tests;

public sealed class ErfTests
{
    [Theory] // Abramowitz and Stegun, tables 7.1 and 7.2 (and C's erf beyond ten digits)
    [InlineData(0, 0)]
    [InlineData(1e-10, 1.1283791670955126e-10)]
    [InlineData(0.1, 0.1124629160182849)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(4.5, 0.9999999998033839)]
    [InlineData(5.999, 1)]
    [InlineData(6, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Values_equal_the_tables_and_the_function_is_odd(double x, double expected)
    {
        Assert.Equal(expected, Erf.Compute(x), 2e-15);
        Assert.Equal(-expected, Erf.Compute(-x), 2e-15);
    }

    [Fact]
    public void Not_a_number_stays_so() => Assert.True(double.IsNaN(Erf.Compute(double.NaN)));
}
