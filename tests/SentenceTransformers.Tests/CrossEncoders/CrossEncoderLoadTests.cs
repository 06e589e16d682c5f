using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>From a folder to a cross-encoder: what its files say is followed, and what contradicts itself is refused.</summary>
public sealed class CrossEncoderLoadTests : IDisposable
{
    private const float Tolerance = 1e-6f;
    private const string Modules =
        """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"}]""";

    private readonly TinyCrossEncoder tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void One_label_without_an_activation_gets_the_sigmoid()
    {
        using var model = tiny.Load();
        Assert.Equal(ActivationFunction.Sigmoid, model.Activation);
        Assert.Equal(["LABEL_0"], model.Labels);
        Assert.Equal(40, model.MaxSequenceLength);
        Assert.Empty(model.Warnings);
        Assert.All(model.Predict(TinyCrossEncoder.Pairs), score => Assert.InRange(score, 0, 1));
    }

    [Theory]
    [InlineData("torch.nn.modules.linear.Identity", ActivationFunction.Identity)]
    [InlineData("torch.nn.modules.activation.Tanh", ActivationFunction.Tanh)]
    [InlineData("torch.nn.Sigmoid", ActivationFunction.Sigmoid)]
    public void The_activation_of_config_json_is_followed(
        string path,
        ActivationFunction activation
    )
    {
        tiny.ChangeConfig(json => json["sbert_ce_default_activation_function"] = path);
        using (var old = tiny.Load())
            Assert.Equal(activation, old.Activation);
        tiny.ChangeConfig(json =>
        {
            json["sbert_ce_default_activation_function"] = "torch.nn.ReLU";
            json["sentence_transformers"] = new JsonObject { ["activation_fn"] = path };
        });
        using var model = tiny.Load();
        Assert.Equal(activation, model.Activation);
    }

    [Fact]
    public void An_activation_that_is_code_of_the_model_s_own_is_not_run_and_that_is_said()
    {
        tiny.ChangeConfig(json => json["sbert_ce_default_activation_function"] = "evil.Function");
        using var model = tiny.Load();
        Assert.Equal(ActivationFunction.Sigmoid, model.Activation);
        Assert.Contains("'evil.Function'", Assert.Single(model.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_labels_give_logits_and_on_request_probabilities()
    {
        float[] factors = [1, -2, 300];
        float[] logits;
        using (var one = tiny.Load())
            logits = one.Predict(
                TinyCrossEncoder.Pairs,
                new PredictOptions { Activation = ActivationFunction.Identity }
            );
        Assert.Contains(logits, logit => Math.Abs(300 * logit) > 100); // e^x of which overflows
        tiny.WriteLabels(factors);
        using var model = tiny.Load();
        Assert.Equal(["label 0", "label 1", "label 2"], model.Labels);
        var rows = model.PredictLabels(TinyCrossEncoder.Pairs);
        for (var i = 0; i < rows.Length; i++)
            Goldens.AssertClose(
                [.. factors.Select(factor => factor * logits[i])],
                rows[i],
                300 * Tolerance,
                $"pair {i}"
            );
        var probabilities = model.PredictLabels(
            TinyCrossEncoder.Pairs,
            new PredictOptions { Softmax = true }
        );
        Assert.All(probabilities, row => Assert.Equal(1, row.Sum(), Tolerance));
        Assert.Equal(
            rows.Select(row => Array.IndexOf(row, row.Max())),
            probabilities.Select(row => Array.IndexOf(row, row.Max()))
        );
        Assert.Contains(
            "this one has 3 (label 0, label 1, label 2): see PredictLabels",
            Assert
                .Throws<InvalidOperationException>(() => model.Predict(TinyCrossEncoder.Pairs))
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidOperationException>(() => model.Rank("한", ["나는"]));
    }

    [Theory]
    [InlineData("bert.", "", "")]
    [InlineData("bert.", "model.encoder.", "model.")]
    public void The_body_s_prefix_and_the_head_s_may_be_any(string prefix, string body, string head)
    {
        float[] expected;
        using (var model = tiny.Load())
            expected = model.Predict(TinyCrossEncoder.Pairs);
        tiny.ChangeWeights(
            (name, shape, values) =>
                (
                    name.StartsWith(prefix, StringComparison.Ordinal)
                        ? body + name[prefix.Length..]
                        : head + name,
                    shape,
                    values
                )
        );
        using var renamed = tiny.Load();
        Assert.Equal(expected, renamed.Predict(TinyCrossEncoder.Pairs));
    }

    [Fact]
    public void A_folder_as_sentence_transformers_6_saves_it_loads_with_its_prompts_and_activation()
    {
        tiny.Write("modules.json", Modules);
        tiny.Write(
            "sentence_bert_config.json",
            """{"transformer_task": "sequence-classification"}"""
        );
        tiny.Write(
            "config_sentence_transformers.json",
            """
            {"model_type": "CrossEncoder", "activation_fn": "torch.nn.modules.linear.Identity",
             "prompts": {"query": "나는 "}, "default_prompt_name": "query"}
            """
        );
        using var model = tiny.Load();
        Assert.Equal(ActivationFunction.Identity, model.Activation);
        var unprompted = new PredictOptions { Prompt = "" };
        Assert.NotEqual(model.Predict([("한", "a")]), model.Predict([("한", "a")], unprompted));
        Assert.Equal(model.Predict([("나는 한", "a")], unprompted), model.Predict([("한", "a")]));
    }

    [Fact]
    public void Settings_of_sentence_transformers_count_only_beside_modules_json()
    {
        tiny.Write("sentence_bert_config.json", """{"max_seq_length": 7}""");
        tiny.Write(
            "config_sentence_transformers.json",
            """{"activation_fn": "torch.nn.modules.linear.Identity"}"""
        );
        using var model = tiny.Load();
        Assert.Equal(40, model.MaxSequenceLength);
        Assert.Equal(ActivationFunction.Sigmoid, model.Activation);
    }

    [Fact]
    public void The_limit_is_the_position_table_s_where_the_tokenizer_names_none_or_a_larger_one()
    {
        tiny.Write(
            "tokenizer_config.json",
            """{"do_lower_case": false, "model_max_length": 512}"""
        );
        using (var larger = tiny.Load())
            Assert.Equal(64, larger.MaxSequenceLength);
        tiny.Write("tokenizer_config.json", """{"do_lower_case": false}""");
        using var model = tiny.Load();
        Assert.Equal(64, model.MaxSequenceLength);
        Assert.Single(model.Predict([("나는", string.Concat(Enumerable.Repeat("나는 ", 100)))]));
    }

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
        "\"torch.nn.modules.activation.Softmax\"",
        "sbert_ce_default_activation_function: \"torch.nn.modules.activation.Softmax\" is not supported"
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
        tiny.Write("modules.json", Modules);
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
