using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>A folder that is no cross-encoder, contradicts itself or asks for what is not supported is refused by file and key.</summary>
public sealed class CrossEncoderRefusalTests : IDisposable
{
    private readonly TinyCrossEncoder tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void A_cross_encoder_is_no_bi_encoder_and_the_other_way_round()
    {
        Assert.Equal(
            "ko-mini is a bi-encoder (modules.json lists its modules), and a cross-encoder is asked for; "
                + "it gives a vector of each text: see SentenceTransformer, or `encode`",
            Assert.Throws<ArgumentException>(() => CrossEncoder.Load("ko-mini")).Message
        );
        Assert.Equal(
            "ko-mini-cross is a cross-encoder (config.json names BertForSequenceClassification), and a bi-encoder is asked for; "
                + "it scores pairs of texts: see CrossEncoder, or `score`",
            Assert
                .Throws<ArgumentException>(() => SentenceTransformer.Load("ko-mini-cross"))
                .Message
        );
        tiny.ChangeConfig(json => json["architectures"] = new JsonArray("BertForMaskedLM"));
        Assert.Contains(
            "is a bi-encoder (config.json names BertForMaskedLM)",
            Assert.Throws<ArgumentException>(tiny.Load).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_head_that_is_missing_or_of_another_size_is_named()
    {
        tiny.ChangeConfig(json => json["num_labels"] = 3);
        tiny.ChangeConfig(json => json.AsObject().Remove("id2label"));
        AssertRefused("classifier.weight: expected shape [3, 32], found [1, 32]");
        tiny.ChangeConfig(json => json.AsObject().Remove("architectures"));
        tiny.ChangeWeights(
            (name, shape, values) =>
                name.StartsWith("classifier.", StringComparison.Ordinal)
                    ? null
                    : (name, shape, values)
        );
        AssertRefused("model.safetensors: classifier.weight: missing, and a cross-encoder needs");
    }

    [Fact]
    public void A_model_that_overflows_says_so_instead_of_ranking_by_NaN()
    {
        tiny.ChangeWeights(
            (name, shape, values) =>
                name == "classifier.weight"
                    ? (name, shape, [.. values.Select(x => x < 0 ? -3e38f : 3e38f)])
                    : (name, shape, values)
        );
        using var model = tiny.Load();
        var error = Assert.Throws<ModelFormatException>(() => model.Predict([("나는", "한")]));
        Assert.Matches("the model gives (NaN|an infinity) as logit 0 of pair 0", error.Message);
    }

    [Theory]
    [InlineData("id2label", "{}", "config.json: id2label: 0 labels, expected 1 to")]
    [InlineData("id2label", """{"1": "a"}""", "numbered from 0 without a gap")]
    [InlineData(
        "id2label",
        """{"0": "a", "00": "b"}""",
        "'00' is not a label's number, or is one twice"
    )]
    [InlineData("id2label", """{"x": "a"}""", "'x' is not a label's number")]
    [InlineData("id2label", """{"0": 7}""", "id2label.0: expected a string, found number 7")]
    [InlineData("id2label", "[]", "id2label: expected an object")]
    [InlineData("model_type", "\"t5\"", "config.json: model_type: 't5'")]
    [InlineData("sentence_transformers", "7", "sentence_transformers: expected an object")]
    [InlineData(
        "sbert_ce_default_activation_function",
        "\"torch.nn.modules.linear.Bilinear\"",
        "sbert_ce_default_activation_function: \"torch.nn.modules.linear.Bilinear\" is not supported"
    )]
    [InlineData("architectures", "7", "architectures: expected a string or an array of strings")]
    public void A_config_that_cannot_be_followed_is_refused_by_key(
        string key,
        string value,
        string message
    )
    {
        tiny.ChangeConfig(json => json[key] = JsonNode.Parse(value));
        AssertRefused(message);
    }

    [Theory]
    [InlineData("modules.json", "[]", "modules.json: 0 modules, expected one Transformer")]
    [InlineData(
        "modules.json",
        """[{"type": "sentence_transformers.cross_encoder.modules.logit_score.LogitScore", "path": ""}]""",
        "LogitScore' is not supported here, expected Transformer"
    )]
    [InlineData(
        "sentence_bert_config.json",
        """{"transformer_task": "text-generation"}""",
        "transformer_task: 'text-generation' is not supported in a cross-encoder"
    )]
    [InlineData(
        "sentence_bert_config.json",
        "{}",
        "transformer_task: 'feature-extraction' is not supported in a cross-encoder"
    )]
    [InlineData(
        "sentence_bert_config.json",
        """{"transformer_task": "sequence-classification", "modality_config": {"message": {}}}""",
        "modality_config.message: chat messages are not supported"
    )]
    [InlineData(
        "config_sentence_transformers.json",
        """{"model_type": "SparseEncoder"}""",
        "model_type: 'SparseEncoder' is not supported"
    )]
    public void A_layout_of_sentence_transformers_that_is_not_supported_is_refused_by_name(
        string file,
        string text,
        string message
    )
    {
        tiny.Write("modules.json", TinyCrossEncoder.Modules);
        tiny.Write(
            "sentence_bert_config.json",
            """{"transformer_task": "sequence-classification"}"""
        );
        tiny.Write("config_sentence_transformers.json", """{"model_type": "CrossEncoder"}""");
        tiny.Load().Dispose(); // the premise: it is only the change that is refused
        tiny.Write(file, text);
        AssertRefused(message);
    }

    private void AssertRefused(string message) =>
        Assert.Contains(
            message,
            Assert.Throws<ModelFormatException>(() => tiny.Load().Dispose()).Message,
            StringComparison.Ordinal
        );
}
