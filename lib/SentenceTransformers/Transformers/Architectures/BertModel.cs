namespace SentenceTransformers;

/// <summary>BERT (Devlin et al. 2018), as Hugging Face's BertModel computes it without its pooler.</summary>
internal sealed class BertModel : Architecture
{
    private readonly int layers;
    private readonly int heads;
    private readonly int intermediateSize;
    private readonly int typeVocabularySize;
    private readonly string activation;
    private readonly float epsilon;

    public BertModel(JsonFile config)
    {
        HiddenSize = config.RequiredInteger("hidden_size", 1, 1 << 16);
        layers = config.RequiredInteger("num_hidden_layers", 0, 1 << 10);
        heads = config.RequiredInteger("num_attention_heads", 1, 1 << 10);
        intermediateSize = config.RequiredInteger("intermediate_size", 1, 1 << 18);
        VocabularySize = config.RequiredInteger("vocab_size", 1, 1 << 24);
        MaxTokens = config.Integer("max_position_embeddings", 1, 1 << 20) ?? 512;
        typeVocabularySize = config.Integer("type_vocab_size", 1, 1 << 10) ?? 2;
        epsilon = (float)(config.Number("layer_norm_eps") ?? 1e-12);
        activation = config.Text("hidden_act") ?? "gelu";
        if (!EncoderBlocks.Activations.Contains(activation))
            throw config.Invalid(
                "hidden_act",
                $"'{activation}' is not one of {string.Join(", ", EncoderBlocks.Activations)}"
            );
        if (HiddenSize % heads != 0)
            throw config.Invalid(
                "num_attention_heads",
                $"{heads} does not divide hidden_size {HiddenSize}"
            );
        if (config.Text("position_embedding_type") is { } positions and not "absolute")
            throw config.Invalid(
                "position_embedding_type",
                $"'{positions}' is not supported, expected 'absolute'"
            );
        if (config.Flag("is_decoder", false))
            throw config.Invalid("is_decoder", "true is not supported, expected an encoder");
    }

    public override string Name => "BertModel";

    public override int HiddenSize { get; }

    public override int MaxTokens { get; }

    public override int VocabularySize { get; }

    public override string AnchorWeight => "embeddings.word_embeddings.weight";

    public override OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue tokenTypeIds
    )
    {
        var x = Embeddings(blocks, inputIds, tokenTypeIds); // [batch, tokens, hidden]
        var mask = EncoderBlocks.AdditiveMask(attentionMask); // [batch, 1, 1, tokens]
        for (var layer = 0; layer < layers; layer++)
        {
            var name = $"encoder.layer.{layer}";
            x = Normalize(
                blocks,
                x + SelfAttention(blocks, x, mask, $"{name}.attention"),
                $"{name}.attention.output.LayerNorm"
            );
            x = Normalize(blocks, x + FeedForward(blocks, x, name), $"{name}.output.LayerNorm");
        }
        return x;
    }

    private OnnxValue Embeddings(EncoderBlocks blocks, OnnxValue inputIds, OnnxValue tokenTypeIds)
    {
        var words = blocks.Lookup(
            "embeddings.word_embeddings.weight",
            VocabularySize,
            HiddenSize,
            inputIds
        );
        var types = blocks.Lookup(
            "embeddings.token_type_embeddings.weight",
            typeVocabularySize,
            HiddenSize,
            tokenTypeIds
        );
        var positions = blocks.FirstRows(
            "embeddings.position_embeddings.weight",
            MaxTokens,
            HiddenSize,
            inputIds
        );
        return Normalize(blocks, words + types + positions, "embeddings.LayerNorm");
    }

    private OnnxValue SelfAttention(EncoderBlocks blocks, OnnxValue x, OnnxValue mask, string name)
    {
        var query = blocks.Linear(x, $"{name}.self.query", HiddenSize, HiddenSize);
        var key = blocks.Linear(x, $"{name}.self.key", HiddenSize, HiddenSize);
        var value = blocks.Linear(x, $"{name}.self.value", HiddenSize, HiddenSize);
        var context = blocks.Attention(query, key, value, mask, heads, HiddenSize / heads);
        return blocks.Linear(context, $"{name}.output.dense", HiddenSize, HiddenSize);
    }

    private OnnxValue FeedForward(EncoderBlocks blocks, OnnxValue x, string name)
    {
        var inner = blocks.Linear(x, $"{name}.intermediate.dense", HiddenSize, intermediateSize);
        return blocks.Linear(
            EncoderBlocks.Activate(inner, activation),
            $"{name}.output.dense",
            intermediateSize,
            HiddenSize
        );
    }

    private OnnxValue Normalize(EncoderBlocks blocks, OnnxValue x, string name) =>
        blocks.LayerNorm(x, name, HiddenSize, epsilon);
}
