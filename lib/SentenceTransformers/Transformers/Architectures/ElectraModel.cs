namespace SentenceTransformers;

/// <summary>ELECTRA (Clark et al. 2020): BERT's figure over embeddings that may be narrower than the layers.</summary>
internal sealed class ElectraModel(JsonFile config) : Architecture(Defaults.Read(config))
{
    private static readonly EncoderConfig Defaults = new()
    {
        Width = 256,
        Heads = 4,
        IntermediateSize = 1024,
    };

    private readonly int embeddingSize = EncoderConfig.Size(config, "embedding_size", 128);

    public override string Name => "ElectraModel";

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
        var x = blocks.LayerNorm(
            words + types + positions,
            "embeddings.LayerNorm",
            embeddingSize,
            Config.Epsilon
        ); // [batch, tokens, embedding]
        if (embeddingSize != HiddenSize)
            x = blocks.Linear(x, "embeddings_project", embeddingSize, HiddenSize);

        var mask = EncoderBlocks.AdditiveMask(attentionMask); // [batch, 1, 1, tokens]
        for (var layer = 0; layer < Config.Layers; layer++)
            x = blocks.Layer(x, mask, Config, LayerNames.Bert(layer));
        return x; // [batch, tokens, hidden]
    }
}
