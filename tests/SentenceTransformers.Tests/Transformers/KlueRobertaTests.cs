namespace SentenceTransformers.Tests;

/// <summary>RoBERTa's body with BERT's tokenizer, as klue/roberta-base has it: padding 1, one token type, 66 rows for 64 tokens.</summary>
public sealed class KlueRobertaTests : IDisposable
{
    private const float Tolerance = 1e-6f;

    private readonly ModelFolder folder = new();

    public KlueRobertaTests()
    {
        folder.Copy(Goldens.Own("models/roberta-tiny/config.json"), "config.json");
        folder.Copy(Goldens.Own("models/roberta-tiny/model.safetensors"), "model.safetensors");
        folder.Write("vocab.txt", "[CLS]\n[PAD]\n[SEP]\n[UNK]\n[MASK]\n오늘\n날씨\n##가\n좋아요\n");
        folder.Write(
            "tokenizer_config.json",
            """{"tokenizer_class": "BertTokenizer", "do_lower_case": false}"""
        );
    }

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

    [Fact]
    public void A_prompt_that_is_left_out_takes_its_special_token_with_it_and_an_empty_one_takes_nothing()
    {
        folder.Write(
            "modules.json",
            """[{"type":"sentence_transformers.models.Transformer","path":""},{"type":"sentence_transformers.models.Pooling","path":"1_Pooling"}]"""
        );
        folder.Write(
            "1_Pooling/config.json",
            """{"embedding_dimension": 32, "pooling_mode": "cls", "include_prompt": false}"""
        );
        using var model = SentenceTransformer.Load(folder.Path);
        var features = model.Tokenize(["오늘 날씨가 좋아요"]);
        model.Transformer.Forward(features);
        var tokens = features.TokenEmbeddings!; // [CLS] 오늘 날씨 ##가 좋아요 [SEP]
        AssertFirst(0, null);
        AssertFirst(0, "");
        AssertFirst(2, "오늘 ");
        AssertFirst(4, "오늘 날씨가 ");

        void AssertFirst(int token, string? prompt)
        {
            var text = "오늘 날씨가 좋아요"[(prompt?.Length ?? 0)..];
            Goldens.AssertClose(
                tokens[0, token],
                model.Encode(text, new EncodeOptions { Prompt = prompt }),
                Tolerance,
                $"'{prompt}'"
            );
        }
    }

    [Theory]
    [InlineData("CNN")]
    [InlineData("LSTM")]
    [InlineData("WeightedLayerPooling")]
    public void Modules_of_other_kinds_are_refused_by_name(string module)
    {
        folder.Write(
            "modules.json",
            $$"""[{"type":"sentence_transformers.models.Transformer","path":""},{"type":"sentence_transformers.models.{{module}}","path":"1"}]"""
        );
        AssertRefused($"[1].type: 'sentence_transformers.models.{module}' is not supported here");
    }

    [Theory]
    [InlineData("BoW")]
    [InlineData("WordEmbeddings")]
    [InlineData("StaticEmbedding")]
    public void Models_without_a_transformer_are_refused_by_name(string module)
    {
        folder.Write(
            "modules.json",
            $$"""[{"type":"sentence_transformers.models.{{module}}","path":""}]"""
        );
        AssertRefused($"[0].type: 'sentence_transformers.models.{module}' is not supported here");
    }

    [Fact]
    public void Modules_that_print_on_several_lines_are_indented_as_Python_indents_them()
    {
        using var model = new SentenceTransformer(
            Transformer.Load(folder.Path),
            new Pooling(32),
            new Dropout(0.1)
        );
        Assert.EndsWith(
            "  (2): Dropout(\n    (dropout_layer): Dropout(p=0.1, inplace=False)\n  )\n)",
            model.ToString(),
            StringComparison.Ordinal
        );
    }

    private void AssertRefused(string problem)
    {
        var error = Assert.Throws<ModelFormatException>(() =>
            SentenceTransformer.Load(folder.Path).Dispose()
        );
        Assert.Contains($"modules.json: {problem}", error.Message, StringComparison.Ordinal);
    }
}
