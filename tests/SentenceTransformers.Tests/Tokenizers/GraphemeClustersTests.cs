namespace SentenceTransformers.Tests;

public class GraphemeClustersTests
{
    // Bars where the crate unicode-segmentation, inside Rust tokenizers 0.22.2, breaks.
    [Theory]
    [InlineData("가|나|a|b")]
    [InlineData("\r\n|\n|\r|a")]
    [InlineData("e\u0301\u0302|e|\u0085|\u0301\u0302|a")] // a mark after a control stands alone
    [InlineData("\u1100\u1161\u11A8|\u1100\u1161|\u1100\u1100\uAC00\u11A8|\uAC01\u11A8|\u1161")]
    [InlineData("👨\u200D👩\u200D👧|👍🏽|👍\u200C\u200D👍|a\u200D|👍")] // the joiner needs a pictograph before it
    [InlineData("©\u200D®|©|®\u0903\u200D|®")]
    [InlineData("🇰🇷|🇺🇸|🇰|a")]
    [InlineData("\u0600a|\u0600|\u0085|\u0600\u0301")]
    [InlineData("क्त|क\u094D\u0301त\u0903|क\u094D\u200C|त|क|त")]
    [InlineData("\u0897|a\u0897|\uFFFD")]
    [InlineData("\0|\u00AD|\u200B|x")]
    public void A_text_breaks_where_the_reference_breaks_it(string barred)
    {
        var clusters = new List<string>();
        var text = barred.Replace("|", "", StringComparison.Ordinal);
        for (int i = 0, length; i < text.Length; i += length)
        {
            length = GraphemeClusters.FirstLength(text.AsSpan(i));
            clusters.Add(text.Substring(i, length));
        }
        Assert.Equal(barred.Split('|'), clusters);
    }

    [Fact]
    public void Lone_surrogates_stand_alone()
    {
        Assert.Equal(1, GraphemeClusters.FirstLength("\uD83D"));
        Assert.Equal(1, GraphemeClusters.FirstLength("\uD83D\uD83D\uDE00"));
        Assert.Equal(2, GraphemeClusters.FirstLength("\uDE00\u0301a"));
    }
}
