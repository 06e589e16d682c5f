namespace SentenceTransformers;

/// <summary>RoBERTa (Liu et al. 2019): BERT's figure, whose positions count from behind the padding token's own.</summary>
/// <remarks>XLM-R (Conneau et al. 2019) and CamemBERT (Martin et al. 2019) are the same with other vocabularies.</remarks>
internal sealed class RobertaModel : Architecture
{
    private readonly int paddingId;

    public RobertaModel(JsonFile config, string name)
        : base(new EncoderConfig().Read(config))
    {
        Name = name;
        paddingId = Config.PaddingId(config, otherwise: 1);
        MaxTokens = Config.TokensBehindPadding(config, paddingId);
    }

    public override string Name { get; }

    // The published models have 514 rows for 512 tokens.
    public override int MaxTokens { get; }

    public override OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue? tokenTypeIds
    )
    {
        var words = blocks.Words(inputIds, VocabularySize, HiddenSize);
        var types = blocks.TokenTypes(tokenTypeIds, TokenTypes, HiddenSize);
        var positions = blocks.PositionsBehindPadding(inputIds, paddingId, Positions, HiddenSize);
        var x = blocks.LayerNorm(
            words + types + positions,
            "embeddings.LayerNorm",
            HiddenSize,
            Config.Epsilon
        ); // [batch, tokens, hidden]

        var mask = EncoderBlocks.AdditiveMask(attentionMask); // [batch, 1, 1, tokens]
        for (var layer = 0; layer < Config.Layers; layer++)
            x = blocks.Layer(x, mask, Config, LayerNames.Bert(layer));
        return x;
    }
}
