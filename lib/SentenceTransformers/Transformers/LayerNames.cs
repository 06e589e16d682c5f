namespace SentenceTransformers;

/// <summary>What one layer's weights are called in the file, each without ".weight" and ".bias".</summary>
/// <param name="Query">The attention's query projection.</param>
/// <param name="Key">The attention's key projection.</param>
/// <param name="Value">The attention's value projection.</param>
/// <param name="AttentionOutput">What the heads' joined results go through.</param>
/// <param name="AttentionNorm">The layer norm after the attention.</param>
/// <param name="Intermediate">The feed-forward network's first layer.</param>
/// <param name="Output">The feed-forward network's second layer.</param>
/// <param name="OutputNorm">The layer norm at the layer's end.</param>
internal sealed record LayerNames(
    string Query,
    string Key,
    string Value,
    string AttentionOutput,
    string AttentionNorm,
    string Intermediate,
    string Output,
    string OutputNorm
)
{
    /// <summary>BERT's names, which RoBERTa and ELECTRA kept.</summary>
    public static LayerNames Bert(int layer)
    {
        var name = $"encoder.layer.{layer}";
        return new LayerNames(
            Query: $"{name}.attention.self.query",
            Key: $"{name}.attention.self.key",
            Value: $"{name}.attention.self.value",
            AttentionOutput: $"{name}.attention.output.dense",
            AttentionNorm: $"{name}.attention.output.LayerNorm",
            Intermediate: $"{name}.intermediate.dense",
            Output: $"{name}.output.dense",
            OutputNorm: $"{name}.output.LayerNorm"
        );
    }
}
