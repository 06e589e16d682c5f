using Microsoft.Extensions.AI;

namespace SentenceTransformers;

/// <summary>Compares similarities of sentence pairs with scores that people gave them, as on STS and KorSTS.</summary>
/// <remarks>Follows <c>EmbeddingSimilarityEvaluator</c> of sentence-transformers.</remarks>
public sealed class EmbeddingSimilarityEvaluator
{
    private readonly SentencePairs pairs;
    private readonly double[] scores;

    /// <param name="sentences1">The first of each pair.</param>
    /// <param name="sentences2">The second of each pair.</param>
    /// <param name="scores">How alike people find them, on any scale; larger is more alike.</param>
    /// <exception cref="ArgumentException">There is no pair, the counts differ, or a score is NaN or an infinity.</exception>
    public EmbeddingSimilarityEvaluator(
        IEnumerable<string> sentences1,
        IEnumerable<string> sentences2,
        IEnumerable<double> scores
    )
    {
        ArgumentNullException.ThrowIfNull(scores);
        (pairs, this.scores) = (new SentencePairs(sentences1, sentences2), [.. scores]);
        EvaluationData.RequireSameCount(pairs.Count, this.scores.Length, nameof(scores));
        EvaluationData.RequireFinite(this.scores, nameof(scores));
    }

    /// <summary>Encodes the pairs and correlates; one result for each function.</summary>
    /// <param name="model">The model to evaluate.</param>
    /// <param name="functions">How to compare embeddings; null for the model's own way.</param>
    /// <param name="options">Batch size and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    public EmbeddingSimilarityResult[] Evaluate(
        SentenceTransformer model,
        IEnumerable<SimilarityFunction>? functions = null,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        return Evaluate(
            pairs.Encode(model, options, cancellation),
            functions,
            model.SimilarityFunction
        );
    }

    /// <summary>Encodes with any embedding service, without prompts and options; our own models as <c>Evaluate</c> does.</summary>
    /// <param name="model">The service to evaluate.</param>
    /// <param name="functions">How to compare embeddings; null for the cosine, or the model's own way.</param>
    /// <param name="cancellation">Handed to the service.</param>
    /// <exception cref="InvalidOperationException">The service gave too few or too many embeddings, or one with NaN or an infinity.</exception>
    public async Task<EmbeddingSimilarityResult[]> EvaluateAsync(
        IEmbeddingGenerator<string, Embedding<float>> model,
        IEnumerable<SimilarityFunction>? functions = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        return model is SentenceTransformer ours
            ? Evaluate(ours, functions, cancellation: cancellation)
            : Evaluate(
                await pairs.EncodeAsync(model, cancellation).ConfigureAwait(false),
                functions,
                SimilarityFunction.Cosine
            );
    }

    /// <summary>Correlates the similarities of embeddings with scores; shapes [pairs][dimension], [pairs][dimension], [pairs].</summary>
    /// <exception cref="ArgumentException">There are fewer than two pairs, the counts differ, or a number is NaN or an infinity.</exception>
    public static EmbeddingSimilarityResult Evaluate(
        float[][] embeddings1,
        float[][] embeddings2,
        IReadOnlyList<double> scores,
        SimilarityFunction function = SimilarityFunction.Cosine
    )
    {
        var similarities = Array.ConvertAll(
            Similarity.Pairwise(function, embeddings1, embeddings2),
            similarity => (double)similarity
        );
        return new EmbeddingSimilarityResult(
            function,
            Correlation.Pearson(scores, similarities),
            Correlation.Spearman(scores, similarities)
        );
    }

    private EmbeddingSimilarityResult[] Evaluate(
        (float[][] First, float[][] Second) embeddings,
        IEnumerable<SimilarityFunction>? functions,
        SimilarityFunction otherwise
    ) =>
        [
            .. EvaluationData
                .Functions(functions, otherwise)
                .Select(function =>
                    Evaluate(embeddings.First, embeddings.Second, scores, function)
                ),
        ];
}
