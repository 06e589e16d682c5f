using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>What stands in modules.json and how the modules work together: prompts, refusals, and the print-out.</summary>
public sealed class ModuleChainTests : IDisposable
{
    private const float Tolerance = 1e-6f;

    private readonly KlueRoberta folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_prompt_that_is_left_out_takes_its_special_token_with_it_and_an_empty_one_takes_nothing()
    {
        folder.WriteModules(("Transformer", ""), ("Pooling", "1_Pooling"));
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

    [Fact]
    public void A_prompt_of_a_tokenizer_that_ends_no_text_is_left_out_whole()
    {
        const string template =
            """{"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}], "special_tokens": {}}""";
        File.Delete(folder["vocab.txt"]);
        folder.Write(
            "tokenizer.json",
            TinyTokenizer.Json(json => json["post_processor"] = JsonNode.Parse(template))
        );
        folder.WriteModules(("Transformer", ""), ("Pooling", "1_Pooling"));
        folder.Write(
            "1_Pooling/config.json",
            """{"embedding_dimension": 32, "pooling_mode": "cls", "include_prompt": false}"""
        );
        using var model = SentenceTransformer.Load(folder.Path);
        Assert.Equal([5, 6, 7, 8], model.Tokenizer.Encode("나는 학생이다").Ids); // the premise: nothing before, nothing behind
        var features = model.Tokenize(["나는 학생이다"]);
        model.Transformer.Forward(features);
        Goldens.AssertClose(
            features.TokenEmbeddings![0, 2],
            model.Encode("학생이다", new EncodeOptions { Prompt = "나는 " }),
            Tolerance,
            "the first token behind the prompt"
        );
    }

    [Theory]
    [InlineData("CNN")]
    [InlineData("LSTM")]
    [InlineData("WeightedLayerPooling")]
    public void Modules_of_other_kinds_are_refused_by_name(string module)
    {
        folder.WriteModules(("Transformer", ""), (module, "1"));
        AssertRefused($"[1].type: 'sentence_transformers.models.{module}' is not supported here");
    }

    [Theory]
    [InlineData("BoW")]
    [InlineData("WordEmbeddings")]
    [InlineData("StaticEmbedding")]
    public void Models_without_a_transformer_are_refused_by_name(string module)
    {
        folder.WriteModules((module, ""));
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
