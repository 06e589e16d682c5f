using SentenceTransformers;

namespace Workbook.Tests;

public sealed class MaxPoolingWinnersTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    [Fact]
    public void The_winners_numbers_are_what_max_pooling_gives()
    {
        const string Text = "기차가 곧 옵니다";
        var sentence = new SentenceXRay(embedded.Model, Text);
        var winners = new MaxPoolingWinners(embedded.Model, Text);
        Assert.Equal(
            sentence.Poolings[PoolingMode.Max],
            winners.Winners.Select((token, d) => sentence.TokenEmbeddings[0, token][d])
        );
        Assert.Equal(256, winners.Counts.Sum());
        Assert.Equal(sentence.Encoding.Tokens, winners.Tokens);
    }
}
