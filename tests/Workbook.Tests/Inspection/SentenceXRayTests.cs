using System.Xml.Linq;
using SentenceTransformers;

namespace Workbook.Tests;

public sealed class SentenceXRayTests(EmbeddedModel embedded) : IClassFixture<EmbeddedModel>
{
    private SentenceTransformer Model => embedded.Model;

    [Fact]
    public void The_models_own_pooling_gives_its_own_embedding()
    {
        var sentence = new SentenceXRay(Model, "오늘 날씨가 좋아요");
        Assert.Equal(
            [PoolingMode.Mean],
            Model.Modules.OfType<Pooling>().Single().Modes // the premise
        );
        Assert.Equal(sentence.Embedding, sentence.Poolings[PoolingMode.Mean]);
        Assert.NotEqual(sentence.Embedding, sentence.Poolings[PoolingMode.Cls]);
    }

    [Fact]
    public void Every_pooling_mode_is_shown() =>
        Assert.Equal(
            Enum.GetValues<PoolingMode>(),
            new SentenceXRay(Model, "잠이 안옵니다").Poolings.Keys
        );

    [Fact]
    public void There_is_a_vector_for_each_token()
    {
        var sentence = new SentenceXRay(Model, "오늘 날씨가 좋아요");
        Assert.Equal(["[CLS]", "오늘", "날씨가", "좋아요", "[SEP]"], sentence.Encoding.Tokens);
        Assert.Equal("(1, 5, 256)", sentence.TokenEmbeddings.ToString());
        Assert.Equal([true, false, false, false, true], sentence.IsSpecial);
    }

    [Fact]
    public void A_text_longer_than_the_model_reads_is_cut()
    {
        var sentence = new SentenceXRay(Model, string.Concat(Enumerable.Repeat("날씨 ", 500)));
        Assert.Equal(Model.MaxSequenceLength, sentence.Encoding.Length);
    }

    [Fact]
    public void What_the_vocabulary_cannot_spell_is_noted() =>
        Assert.Contains(
            new SentenceXRay(Model, "좋아요 😀").Notes,
            note => note.Kind == TextDiagnosisKind.UnknownTokens
        );

    [Theory]
    [InlineData("")]
    [InlineData("<script>alert(1)</script> & \"좋아요\"")]
    [InlineData("lone \ud83d surrogate and 👩‍👩‍👧 한국")]
    [InlineData("שלום עולם")]
    public void Its_html_holds_the_whole_text_and_nothing_but_text(string text)
    {
        var html = XDocument.Parse(
            new SentenceXRay(Model, text).ToHtml(),
            System.Xml.Linq.LoadOptions.PreserveWhitespace
        );
        Assert.Equal(LabelText.Clean(text), html.Descendants("bdi").First().Value);
        Assert.Empty(html.Descendants("script"));
    }
}
