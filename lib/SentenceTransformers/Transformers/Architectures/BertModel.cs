namespace SentenceTransformers;

/// <summary>BERT (Devlin et al. 2018), as Hugging Face's BertModel computes it without its pooler.</summary>
internal sealed class BertModel(JsonFile config) : Architecture(new EncoderConfig().Read(config))
{
    public override string Name => "BertModel";

    public override OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue? tokenTypeIds
    )
    {
        // A token's vector says which word it is, in which of two texts, and where. [batch, tokens, hidden]
        var words = blocks.Words(inputIds, VocabularySize, HiddenSize);
        var types = blocks.TokenTypes(tokenTypeIds, TokenTypes, HiddenSize);
        var positions = blocks.Positions(inputIds, Positions, HiddenSize);
        var x = blocks.LayerNorm(
            words + types + positions,
            "embeddings.LayerNorm",
            HiddenSize,
            Config.Epsilon
        );

        var mask = EncoderBlocks.AdditiveMask(attentionMask); // [batch, 1, 1, tokens]
        for (var layer = 0; layer < Config.Layers; layer++)
            x = blocks.Layer(x, mask, Config, LayerNames.Bert(layer));
        return x;
    }
}
