namespace Workbook.Tests;

public sealed class ValueRangeTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0.1786, 1, 6, "0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-1, 1, 4, "-1.0 -0.5 0.0 0.5 1.0")]
    [InlineData(0, 30, 3, "0 10 20 30")]
    [InlineData(-0.003, 0.001, 4, "-0.003 -0.002 -0.001 0.000 0.001")]
    public void Ticks_are_round_numbers(double low, double high, int count, string ticks) =>
        Assert.Equal(
            ticks,
            string.Join(' ', new ValueRange(low, high).Ticks(count).Select(tick => tick.Text))
        );

    [Fact]
    public void Every_range_has_a_tick_and_no_tick_lies_outside()
    {
        var random = new Random(7);
        for (var round = 0; round < 1000; round++)
        {
            var low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 6));
            var range = new ValueRange(low, low + Math.Pow(10, 8 * random.NextDouble() - 4));
            var count = random.Next(3, 7);
            var ticks = range.Ticks(count);
            Assert.InRange(ticks.Count, 1, count + 1);
            var slack = 1e-6 * (range.High - range.Low);
            Assert.All(
                ticks,
                tick => Assert.InRange(tick.Value, range.Low - slack, range.High + slack)
            );
        }
    }

    [Theory]
    [InlineData(float.Epsilon, 2 * float.Epsilon)]
    [InlineData(float.MinValue, float.MaxValue)]
    [InlineData(16777216f, 16777218f)]
    public void Extreme_numbers_have_few_ticks_too(float low, float high) =>
        Assert.InRange(ValueRange.Of([low, high]).Ticks(6).Count, 1, 7);

    [Fact]
    public void Numbers_that_are_all_the_same_lie_in_the_middle()
    {
        Assert.Equal(new ValueRange(-0.5, 0.5), ValueRange.Of([0, 0]));
        Assert.Equal(0.5, ValueRange.Of([-3]).Position(-3));
    }

    [Fact]
    public void No_numbers_at_all_have_a_range_still() =>
        Assert.Equal(new ValueRange(0, 1), ValueRange.Of([]));
}
