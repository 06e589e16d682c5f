using Microsoft.Extensions.AI;

namespace SentenceTransformers;

/// <summary>The pairs of sentences that an evaluator asks about.</summary>
internal sealed class SentencePairs
{
    private readonly string[] sentences1;
    private readonly string[] sentences2;

    /// <exception cref="ArgumentException">There is no pair, or the counts differ.</exception>
    public SentencePairs(IEnumerable<string> sentences1, IEnumerable<string> sentences2)
    {
        ArgumentNullException.ThrowIfNull(sentences1);
        ArgumentNullException.ThrowIfNull(sentences2);
        (this.sentences1, this.sentences2) = ([.. sentences1], [.. sentences2]);
        EvaluationData.RequireSome(this.sentences1, nameof(sentences1));
        EvaluationData.RequireSameCount(Count, this.sentences2.Length, nameof(sentences2));
    }

    public int Count => sentences1.Length;

    public (float[][] First, float[][] Second) Encode(
        SentenceTransformer model,
        EncodeOptions? options,
        CancellationToken cancellation
    ) =>
        (
            model.Encode(sentences1, options, cancellation),
            model.Encode(sentences2, options, cancellation)
        );

    public async Task<(float[][] First, float[][] Second)> EncodeAsync(
        IEmbeddingGenerator<string, Embedding<float>> model,
        CancellationToken cancellation
    ) =>
        (
            await EvaluationData.EncodeAsync(model, sentences1, cancellation).ConfigureAwait(false),
            await EvaluationData.EncodeAsync(model, sentences2, cancellation).ConfigureAwait(false)
        );
}
