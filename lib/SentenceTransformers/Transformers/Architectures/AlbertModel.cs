namespace SentenceTransformers;

/// <summary>ALBERT (Lan et al. 2019): narrow embeddings widened by one projection, and layers that share their weights.</summary>
internal sealed class AlbertModel : Architecture
{
    private static readonly EncoderConfig Defaults = new()
    {
        VocabularySize = 30000,
        Width = 4096,
        Heads = 64,
        IntermediateSize = 16384,
        Activation = "gelu_new",
    };

    private readonly int embeddingSize;
    private readonly int groups;
    private readonly int layersInGroup;

    public AlbertModel(JsonFile config)
        : base(Defaults.Read(config))
    {
        embeddingSize = EncoderConfig.Size(config, "embedding_size", 128);
        groups = EncoderConfig.LayerCount(config, "num_hidden_groups", 1, least: 1);
        layersInGroup = EncoderConfig.LayerCount(config, "inner_group_num", 1);
        // A file needs no more weights for more layers here, so that nothing else would stop them.
        if (Config.Layers * layersInGroup > EncoderConfig.MostLayers)
            throw config.Invalid(
                "inner_group_num",
                $"{layersInGroup} in each of {Config.Layers} layers are more than {EncoderConfig.MostLayers}"
            );
    }

    public override string Name => "AlbertModel";

    public override OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue? tokenTypeIds
    )
    {
        var words = blocks.Words(inputIds, VocabularySize, embeddingSize);
        var types = blocks.TokenTypes(tokenTypeIds, TokenTypes, embeddingSize);
        var positions = blocks.Positions(inputIds, Positions, embeddingSize);
        var embeddings = blocks.LayerNorm(
            words + types + positions,
            "embeddings.LayerNorm",
            embeddingSize,
            Config.Epsilon
        ); // [batch, tokens, embedding]
        var x = blocks.Linear(
            embeddings,
            "encoder.embedding_hidden_mapping_in",
            embeddingSize,
            HiddenSize
        ); // [batch, tokens, hidden]

        var mask = EncoderBlocks.AdditiveMask(attentionMask); // [batch, 1, 1, tokens]
        for (var step = 0; step < Config.Layers; step++)
        {
            // Each group serves a run of steps; the division is the reference's, in floating point.
            var group = (int)(step / ((double)Config.Layers / groups));
            for (var layer = 0; layer < layersInGroup; layer++)
                x = blocks.Layer(x, mask, Config, Names(group, layer));
        }
        return x;
    }

    private static LayerNames Names(int group, int layer)
    {
        var name = $"encoder.albert_layer_groups.{group}.albert_layers.{layer}";
        return new LayerNames(
            Query: $"{name}.attention.query",
            Key: $"{name}.attention.key",
            Value: $"{name}.attention.value",
            AttentionOutput: $"{name}.attention.dense",
            AttentionNorm: $"{name}.attention.LayerNorm",
            Intermediate: $"{name}.ffn",
            Output: $"{name}.ffn_output",
            OutputNorm: $"{name}.full_layer_layer_norm"
        );
    }
}
