using System.Numerics;

namespace SentenceTransformers;

/// <summary>MPNet (Song et al. 2020): RoBERTa's figure without token types, and attention that also sees how far apart two tokens are.</summary>
internal sealed class MPNetModel : Architecture
{
    // The reference fixes both, whatever config.json says.
    private const int PaddingId = 1;
    private const int Buckets = 32;

    // From 91 on, all distances share the last bucket.
    private const int FarthestDistance = 91;

    private readonly int biasRows;

    public MPNetModel(JsonFile config)
        : base(new EncoderConfig { VocabularySize = 30527 }.Read(config) with { TokenTypes = 1 })
    {
        biasRows = EncoderConfig.Rows(config, "relative_attention_num_buckets", Buckets);
        if (biasRows < Buckets)
            throw config.Invalid(
                "relative_attention_num_buckets",
                $"{biasRows} is less than the {Buckets} buckets that distances fall into"
            );
        MaxTokens = Config.TokensBehindPadding(config, PaddingId);
    }

    public override string Name => "MPNetModel";

    public override int MaxTokens { get; }

    public override OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue? tokenTypeIds
    )
    {
        var words = blocks.Words(inputIds, VocabularySize, HiddenSize);
        var positions = blocks.PositionsBehindPadding(inputIds, PaddingId, Positions, HiddenSize);
        var x = blocks.LayerNorm(
            words + positions,
            "embeddings.LayerNorm",
            HiddenSize,
            Config.Epsilon
        ); // [batch, tokens, hidden]

        // All layers add the same bias to their scores: one number for each head and distance.
        var bias = blocks.DistanceBias(
            inputIds,
            "encoder.relative_attention_bias.weight",
            biasRows,
            Config.Heads,
            FarthestDistance,
            Bucket
        ); // [heads, tokens, tokens]
        var mask = EncoderBlocks.AdditiveMask(attentionMask) + bias; // [batch, heads, tokens, tokens]
        for (var layer = 0; layer < Config.Layers; layer++)
            x = blocks.Layer(x, mask, Config, Names(layer));
        return x;
    }

    /// <summary>Where a distance's bias stands in the table, as T5 has it (Raffel et al. 2019, section 2.1).</summary>
    /// <remarks>
    /// Half of the 32 buckets are for tokens behind, half for tokens ahead. In each half, distances 0 to 7 have a bucket of their
    /// own; from 8 on, 8 + 8 log(n / 8) / log(128 / 8) rounded down, at most 15. That is 2 + log2(n^2), which whole
    /// numbers compute exactly.
    /// </remarks>
    /// <param name="distance">The position looked at minus the position that looks.</param>
    internal static int Bucket(int distance)
    {
        const int half = Buckets / 2;
        var n = Math.Abs(distance);
        var bucket = n < half / 2 ? n : Math.Min(2 + BitOperations.Log2((uint)(n * n)), half - 1);
        return distance > 0 ? half + bucket : bucket;
    }

    private static LayerNames Names(int layer)
    {
        var name = $"encoder.layer.{layer}";
        return new LayerNames(
            Query: $"{name}.attention.attn.q",
            Key: $"{name}.attention.attn.k",
            Value: $"{name}.attention.attn.v",
            AttentionOutput: $"{name}.attention.attn.o",
            AttentionNorm: $"{name}.attention.LayerNorm",
            Intermediate: $"{name}.intermediate.dense",
            Output: $"{name}.output.dense",
            OutputNorm: $"{name}.output.LayerNorm"
        );
    }
}
