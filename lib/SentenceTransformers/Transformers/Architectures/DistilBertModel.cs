namespace SentenceTransformers;

/// <summary>DistilBERT (Sanh et al. 2019): BERT with half of the layers and without token types.</summary>
/// <remarks><c>sinusoidal_pos_embds</c> says what the position table was filled with before training; the file has it as it became.</remarks>
internal sealed class DistilBertModel(JsonFile config) : Architecture(ReadConfig(config))
{
    public override string Name => "DistilBertModel";

    public override OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue? tokenTypeIds
    )
    {
        var words = blocks.Words(inputIds, VocabularySize, HiddenSize);
        var positions = blocks.Positions(inputIds, Positions, HiddenSize);
        var x = blocks.LayerNorm(
            words + positions,
            "embeddings.LayerNorm",
            HiddenSize,
            Config.Epsilon
        ); // [batch, tokens, hidden]

        var mask = EncoderBlocks.AdditiveMask(attentionMask); // [batch, 1, 1, tokens]
        for (var layer = 0; layer < Config.Layers; layer++)
            x = blocks.Layer(x, mask, Config, Names(layer));
        return x;
    }

    private static LayerNames Names(int layer)
    {
        var name = $"transformer.layer.{layer}";
        return new LayerNames(
            Query: $"{name}.attention.q_lin",
            Key: $"{name}.attention.k_lin",
            Value: $"{name}.attention.v_lin",
            AttentionOutput: $"{name}.attention.out_lin",
            AttentionNorm: $"{name}.sa_layer_norm",
            Intermediate: $"{name}.ffn.lin1",
            Output: $"{name}.ffn.lin2",
            OutputNorm: $"{name}.output_layer_norm"
        );
    }

    // Names of its own, and an epsilon that no key changes.
    private static EncoderConfig ReadConfig(JsonFile config) =>
        new()
        {
            VocabularySize = EncoderConfig.Rows(config, "vocab_size", 30522),
            Width = EncoderConfig.Size(config, "dim", 768),
            Layers = EncoderConfig.LayerCount(config, "n_layers", 6),
            Heads = EncoderConfig.HeadCount(config, "n_heads", 12, "dim", 768),
            IntermediateSize = EncoderConfig.Size(config, "hidden_dim", 4 * 768),
            Activation = EncoderConfig.ActivationName(config, "activation", "gelu"),
            Positions = EncoderConfig.Rows(config, "max_position_embeddings", 512),
            TokenTypes = 1,
        };
}
