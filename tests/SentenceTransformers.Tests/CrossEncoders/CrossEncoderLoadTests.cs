using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>From a folder to a cross-encoder: what its files say is followed.</summary>
public sealed class CrossEncoderLoadTests : IDisposable
{
    private const float Tolerance = 1e-6f;

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
    [InlineData("torch.nn.modules.activation.Softmax", ActivationFunction.Softmax)]
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
            new PredictOptions { Activation = ActivationFunction.Softmax }
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
        tiny.Write("modules.json", TinyCrossEncoder.Modules);
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
}
