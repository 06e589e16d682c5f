namespace SentenceTransformers.Tests;

public class TruncationTests
{
    private const TruncationStrategy Longest = TruncationStrategy.LongestFirst;
    private const TruncationStrategy First = TruncationStrategy.OnlyFirst;
    private const TruncationStrategy Second = TruncationStrategy.OnlySecond;

    [Theory]
    [InlineData(3, 3, 6, Longest, 3, 3)] // fits
    [InlineData(9, 2, 6, Longest, 4, 2)] // the longer one gives way
    [InlineData(2, 9, 6, Longest, 2, 4)]
    [InlineData(9, 8, 6, Longest, 3, 3)]
    [InlineData(9, 8, 7, Longest, 4, 3)] // the odd token stays with the longer text,
    [InlineData(8, 9, 7, Longest, 3, 4)]
    [InlineData(9, 9, 7, Longest, 3, 4)] // on a tie with the second
    [InlineData(9, 9, 1, Longest, 0, 1)]
    [InlineData(9, 9, 0, Longest, 0, 0)]
    [InlineData(9, 4, 6, First, 2, 4)]
    [InlineData(4, 9, 6, Second, 4, 2)]
    [InlineData(4, 9, 0, First, 0, 0)] // nothing may stay: the reference does not ask who gives way
    public void Two_texts_are_cut_as_the_strategy_says(
        int first,
        int second,
        int budget,
        TruncationStrategy strategy,
        int firstLeft,
        int secondLeft
    ) => Assert.Equal((firstLeft, secondLeft), Truncation.Lengths(first, second, budget, strategy));

    [Fact]
    public void One_text_is_cut_to_the_budget()
    {
        Assert.Equal((6, 0), Truncation.Lengths(9, null, 6, Longest));
        Assert.Equal((6, 0), Truncation.Lengths(9, null, 6, First));
        Assert.Equal((5, 0), Truncation.Lengths(5, null, 6, Second));
        Assert.Throws<ArgumentException>(() => Truncation.Lengths(9, null, 6, Second));
    }

    [Theory]
    [InlineData(3, 9, First)]
    [InlineData(9, 3, Second)]
    public void A_text_shorter_than_what_is_too_much_is_refused(
        int first,
        int second,
        TruncationStrategy strategy
    )
    {
        // The premise: 6 tokens too many; a text of 6 would be left with none.
        var error = Assert.Throws<ArgumentException>(() =>
            Truncation.Lengths(first, second, 6, strategy)
        );
        Assert.Contains("6 tokens too many", error.Message, StringComparison.Ordinal);
    }
}
