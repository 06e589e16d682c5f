namespace SentenceTransformers.Tests;

/// <summary>Correlations worked by hand.</summary>
public sealed class CorrelationTests
{
    [Fact]
    public void Pearson_is_the_covariance_over_both_deviations() =>
        // Means 2 and 3; products (-1)(-2) + 0(1) + 1(1) = 3; squares 2 and 6: 3 / sqrt(12).
        Assert.Equal(3 / Math.Sqrt(12), Correlation.Pearson([1, 2, 3], [1, 4, 4]), 1e-12);

    [Fact]
    public void Equal_numbers_share_the_average_of_their_places()
    {
        Assert.Equal([4, 1.5, 3, 1.5], Correlation.Ranks([9, 2, 5, 2]));
        Assert.Equal([2, 2, 2], Correlation.Ranks([7, 7, 7]));
        Assert.Empty(Correlation.Ranks([]));
    }

    [Fact]
    public void Spearman_is_Pearson_of_the_ranks()
    {
        // Any rising function gives 1, whatever its shape.
        Assert.Equal(1, Correlation.Spearman([1, 2, 3, 4], [1, 10, 100, 1e6]), 1e-12);
        // Ranks 1 2 3 and 1 2.5 2.5: products 1.5, squares 2 and 1.5: 1.5 / sqrt(3).
        Assert.Equal(1.5 / Math.Sqrt(3), Correlation.Spearman([1, 2, 3], [1, 4, 4]), 1e-12);
        Assert.Equal(-1, Correlation.Spearman([1, 2, 3], [3, 2, 1]), 1e-12);
    }

    [Fact]
    public void Of_a_constant_row_nothing_can_be_said()
    {
        Assert.Equal(double.NaN, Correlation.Pearson([0.1, 0.1, 0.1], [1, 2, 3]));
        Assert.Equal(double.NaN, Correlation.Spearman([1, 2, 3], [5, 5, 5]));
    }

    [Fact]
    public void What_cannot_be_correlated_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1], [1]));
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Correlation.Spearman([1, double.NaN], [1, 2]));
    }
}
