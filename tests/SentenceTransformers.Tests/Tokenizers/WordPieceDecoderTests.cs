namespace SentenceTransformers.Tests;

public class WordPieceDecoderTests
{
    [Theory]
    [InlineData(true, "나는 학생이다. 그렇죠?")]
    [InlineData(false, "나는 학생이다 . 그렇죠 ?")]
    public void Clean_up_takes_the_space_before_punctuation_away(bool cleanUp, string expected)
    {
        var decoder = new WordPieceDecoder("##", cleanUp);
        Assert.Equal(
            expected,
            decoder.Decode(["나", "##는", "학생", "##이다", ".", "그렇죠", "?"])
        );
    }

    [Fact]
    public void Clean_up_looks_at_each_token_by_itself()
    {
        // "don ' t" is three tokens: no single one of them holds " ' ", so the reference leaves it.
        var decoder = new WordPieceDecoder("##", cleanUp: true);
        Assert.Equal("don ' t", decoder.Decode(["don", "'", "t"]));
        Assert.Equal("they're", decoder.Decode(["they", "'re"]));
    }

    [Fact]
    public void A_first_token_keeps_its_prefix()
    {
        Assert.Equal("##s a", new WordPieceDecoder("##", true).Decode(["##s", "a"]));
        Assert.Equal("", new WordPieceDecoder("##", true).Decode([]));
    }
}
