namespace SentenceTransformers.Tests;

/// <summary>RoBERTa's body with BERT's tokenizer, as klue/roberta-base has it: padding 1, one token type, 66 rows for 64 tokens.</summary>
public sealed class KlueRobertaTests : IDisposable
{
    private const float Tolerance = 1e-6f;

    private readonly KlueRoberta folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pair_s_types_are_not_told_to_a_model_that_knows_one()
    {
        using var transformer = Transformer.Load(folder.Path);
        var pair = transformer.Tokenizer.Encode("오늘", "날씨");
        Assert.Equal([0, 0, 0, 1, 1], pair.TypeIds); // an index error in Python, unless the caller leaves them out
        var features = transformer.Batch([pair]);
        Assert.All(features.TokenTypeIds, type => Assert.Equal(0, type));
        transformer.Forward(features);
        Assert.Equal("(1, 5, 32)", features.TokenEmbeddings!.ToString());
    }

    [Fact]
    public void Padding_has_the_tokenizer_s_id_and_a_batch_changes_nothing()
    {
        using var model = SentenceTransformer.Load(folder.Path);
        string[] texts = ["오늘", "오늘 날씨가 좋아요", ""];
        var features = model.Tokenize(texts);
        Assert.Equal([0, 5, 2, 1, 1, 1], features.InputIds[..6]);
        var together = model.Encode(texts);
        for (var i = 0; i < texts.Length; i++)
            Goldens.AssertClose(model.Encode(texts[i]), together[i], Tolerance, texts[i]);
    }

    [Fact]
    public void The_limit_is_the_position_table_s_as_in_Python_and_a_longer_text_than_it_serves_is_refused()
    {
        using var model = SentenceTransformer.Load(folder.Path);
        Assert.Equal(66, model.MaxSequenceLength);
        Assert.Equal(32, model.Encode(Words(62)).Length);
        var error = Assert.Throws<ArgumentException>(() => model.Encode(Words(63)));
        Assert.Contains(
            "a text of 65 tokens, and the model has 64 positions",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(32, model.Encode(Words(63), new EncodeOptions { MaxLength = 64 }).Length);

        folder.Write("sentence_roberta_config.json", """{"max_seq_length": 20}""");
        using var limited = SentenceTransformer.Load(folder.Path);
        Assert.Equal(20, limited.MaxSequenceLength);
        Assert.Equal(32, limited.Encode(Words(200)).Length);

        static string Words(int count) => string.Concat(Enumerable.Repeat("날씨 ", count));
    }

    [Fact]
    public void It_prints_its_body_s_class()
    {
        using var model = SentenceTransformer.Load(folder.Path);
        Assert.Contains(
            "with Transformer model: RobertaModel \n",
            model.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'architecture': 'RobertaModel'})\n",
            model.ToString(PrintStyle.Current),
            StringComparison.Ordinal
        );
    }
}
