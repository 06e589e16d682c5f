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
        if (MaxTokens < 1)
            throw config.Invalid(
                "max_position_embeddings",
                $"{Positions} leaves no position behind that of the padding, {paddingId}"
            );
    }

    public override string Name { get; }

    // Positions up to the padding's are not given to tokens: 514 rows serve 512 tokens.
    public override int MaxTokens => Positions - paddingId - 1;

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
