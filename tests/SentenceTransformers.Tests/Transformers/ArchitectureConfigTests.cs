using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>config.json of each architecture: defaults as in Hugging Face's classes, and refusals by key.</summary>
public sealed class ArchitectureConfigTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Absent_keys_have_the_defaults_of_the_architecture_s_own_class()
    {
        var bert = new EncoderConfig
        {
            VocabularySize = 30522,
            Width = 768,
            Layers = 12,
            Heads = 12,
            IntermediateSize = 3072,
            Activation = "gelu",
            Positions = 512,
            TokenTypes = 2,
            Epsilon = 1e-12f,
        };
        Assert.Equal(bert, Read("bert").Config);
        Assert.Equal(bert, Read("roberta").Config);
        Assert.Equal(510, Read("roberta").MaxTokens); // the padding's id is 1
        Assert.Equal(bert, Read("xlm-roberta").Config);
        Assert.Equal(bert, Read("camembert").Config);
        Assert.Equal(bert with { Layers = 6, TokenTypes = 1 }, Read("distilbert").Config);
        Assert.Equal(
            bert with
            {
                Width = 256,
                Heads = 4,
                IntermediateSize = 1024,
            },
            Read("electra").Config
        );
        Assert.Equal(bert with { VocabularySize = 30527, TokenTypes = 1 }, Read("mpnet").Config);
        Assert.Equal(
            bert with
            {
                VocabularySize = 30000,
                Width = 4096,
                Heads = 64,
                IntermediateSize = 16384,
                Activation = "gelu_new",
            },
            Read("albert").Config
        );
    }

    [Theory]
    [InlineData(
        "bert-tiny",
        "hidden_size",
        "64",
        "embeddings.word_embeddings.weight: expected shape"
    )]
    [InlineData("bert-tiny", "hidden_size", "1e9", "config.json: hidden_size: 1e9 is not between")]
    [InlineData("bert-tiny", "hidden_size", "-32", "config.json: hidden_size: -32 is not between")]
    [InlineData("bert-tiny", "vocab_size", "0", "config.json: vocab_size: 0 is not between")]
    [InlineData(
        "bert-tiny",
        "layer_norm_eps",
        "-1",
        "config.json: layer_norm_eps: -1 is not between"
    )]
    [InlineData(
        "bert-tiny",
        "layer_norm_eps",
        "\"1e-5\"",
        "config.json: layer_norm_eps: expected a finite number"
    )]
    [InlineData("bert-tiny", "hidden_act", "\"xielu\"", "config.json: hidden_act: 'xielu'")]
    [InlineData("bert-tiny", "hidden_act", "{}", "config.json: hidden_act: expected a string")]
    [InlineData(
        "bert-tiny",
        "num_attention_heads",
        "5",
        "config.json: num_attention_heads: 5 does not divide hidden_size 32"
    )]
    [InlineData(
        "bert-tiny",
        "num_hidden_layers",
        "4",
        "encoder.layer.3.attention.self.query.weight: no such tensor"
    )]
    [InlineData(
        "bert-tiny",
        "num_hidden_layers",
        "\"three\"",
        "config.json: num_hidden_layers: expected a whole number"
    )]
    [InlineData(
        "bert-tiny",
        "position_embedding_type",
        "\"relative_key\"",
        "config.json: position_embedding_type: 'relative_key'"
    )]
    [InlineData(
        "bert-tiny",
        "is_decoder",
        "true",
        "config.json: is_decoder: true is not supported"
    )]
    [InlineData(
        "bert-tiny",
        "model_type",
        "\"deberta-v2\"",
        "config.json: model_type: 'deberta-v2' is not supported"
    )]
    [InlineData("bert-tiny", "model_type", null, "config.json: model_type: missing")]
    [InlineData("bert-tiny", "type_vocab_size", null, null)] // its default is right
    [InlineData("bert-tiny", "hidden_size", null, "expected shape [897, 768]")] // its default is not
    [InlineData(
        "roberta-tiny",
        "pad_token_id",
        "65",
        "config.json: max_position_embeddings: 66 leaves no position"
    )]
    [InlineData(
        "roberta-tiny",
        "pad_token_id",
        "-1",
        "config.json: pad_token_id: -1 is not between 0 and 680"
    )]
    [InlineData(
        "roberta-tiny",
        "position_embedding_type",
        "\"relative_key_query\"",
        "config.json: position_embedding_type"
    )]
    [InlineData(
        "roberta-tiny",
        "type_vocab_size",
        "2",
        "embeddings.token_type_embeddings.weight: expected shape [2, 32]"
    )]
    [InlineData(
        "distilbert-tiny",
        "n_heads",
        "5",
        "config.json: n_heads: 5 does not divide dim 32"
    )]
    [InlineData("distilbert-tiny", "dim", "\"32\"", "config.json: dim: expected a whole number")]
    [InlineData("distilbert-tiny", "activation", "\"swiglu\"", "config.json: activation: 'swiglu'")]
    [InlineData("distilbert-tiny", "sinusoidal_pos_embds", "true", null)] // the table is in the file all the same
    [InlineData(
        "electra-tiny",
        "embedding_size",
        "32",
        "embeddings.word_embeddings.weight: expected shape [897, 32]"
    )]
    [InlineData(
        "electra-tiny",
        "embedding_size",
        "0",
        "config.json: embedding_size: 0 is not between"
    )]
    [InlineData(
        "mpnet-tiny",
        "relative_attention_num_buckets",
        "16",
        "config.json: relative_attention_num_buckets: 16 is less than"
    )]
    [InlineData(
        "mpnet-tiny",
        "max_position_embeddings",
        "2",
        "config.json: max_position_embeddings: 2 leaves no position"
    )]
    [InlineData(
        "albert-tiny",
        "num_hidden_layers",
        "1024",
        "config.json: num_hidden_layers: 1024 is not between 0 and 128"
    )]
    [InlineData(
        "albert-tiny",
        "num_hidden_groups",
        "0",
        "config.json: num_hidden_groups: 0 is not between"
    )]
    [InlineData(
        "albert-tiny",
        "num_hidden_groups",
        "3",
        "encoder.albert_layer_groups.1.albert_layers.0.attention.query.weight: no such tensor"
    )]
    [InlineData(
        "albert-tiny",
        "inner_group_num",
        "2",
        "encoder.albert_layer_groups.0.albert_layers.1.attention.query.weight: no such tensor"
    )]
    public void A_value_that_does_not_fit_is_refused_by_key(
        string model,
        string key,
        string? value,
        string? problem
    )
    {
        folder.Copy(Goldens.Own($"models/{model}/model.safetensors"), "model.safetensors");
        EncoderGolden.WriteConfig(folder, model, key, value);
        if (problem is null)
        {
            using var session = EncoderGolden.Open(folder.Path);
            EncoderGolden.AssertMatches(
                session,
                EncoderGolden.Cases(Goldens.Own($"models/{model}/golden.json"))[0]
            );
            return;
        }
        var error = Assert.Throws<ModelFormatException>(() =>
            EncoderGolden.Open(folder.Path).Dispose()
        );
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private Architecture Read(string modelType)
    {
        folder.Write("config.json", JsonSerializer.Serialize(new { model_type = modelType }));
        return EncoderGolden.Read(folder.Path);
    }
}
