namespace SentenceTransformers.Tests;

public sealed class MPNetModelTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 1)]
    [InlineData(-7, 7)]
    [InlineData(-8, 8)]
    [InlineData(-11, 8)]
    [InlineData(-12, 9)]
    [InlineData(-15, 9)]
    [InlineData(-16, 10)]
    [InlineData(-23, 11)]
    [InlineData(-64, 14)]
    [InlineData(-90, 14)]
    [InlineData(-91, 15)]
    [InlineData(-128, 15)]
    [InlineData(1, 17)] // tokens ahead have the other half
    [InlineData(128, 31)]
    public void Near_distances_have_buckets_of_their_own_and_far_ones_share(
        int distance,
        int bucket
    ) => Assert.Equal(bucket, MPNetModel.Bucket(distance));

    [Fact]
    public void Whole_numbers_give_what_the_paper_s_logarithm_gives()
    {
        for (var n = 8; n <= 128; n++)
        {
            // Where 2 log2(n / 8) is a whole number, rounding could take it away: those four are above.
            if (n is 16 or 32 or 64 or 128)
                continue;
            var expected = Math.Min(15, 8 + (int)(Math.Log(n / 8.0) / Math.Log(128 / 8.0) * 8));
            Assert.Equal(expected, MPNetModel.Bucket(-n));
        }
    }
}
