namespace SentenceTransformers;

/// <summary>Compares similarities of sentence pairs with scores that people gave them, as on STS and KorSTS.</summary>
/// <remarks>Follows <c>EmbeddingSimilarityEvaluator</c> of sentence-transformers.</remarks>
public sealed class EmbeddingSimilarityEvaluator
{
    private readonly string[] sentences1;
    private readonly string[] sentences2;
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
        ArgumentNullException.ThrowIfNull(sentences1);
        ArgumentNullException.ThrowIfNull(sentences2);
        ArgumentNullException.ThrowIfNull(scores);
        (this.sentences1, this.sentences2, this.scores) = (
            [.. sentences1],
            [.. sentences2],
            [.. scores]
        );
        EvaluationData.RequireSome(this.sentences1, nameof(sentences1));
        EvaluationData.RequireSameCount(
            this.sentences1.Length,
            this.sentences2.Length,
            nameof(sentences2)
        );
        EvaluationData.RequireSameCount(this.sentences1.Length, this.scores.Length, nameof(scores));
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
        var embeddings1 = model.Encode(sentences1, options, cancellation);
        var embeddings2 = model.Encode(sentences2, options, cancellation);
        return
        [
            .. EvaluationData
                .Functions(functions, model.SimilarityFunction)
                .Select(function => Evaluate(embeddings1, embeddings2, scores, function)),
        ];
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
}
