namespace SentenceTransformers;

/// <summary>What a model of lower precision gave up, on sentence pairs that people scored.</summary>
/// <param name="ReferenceSpearman">The rank correlation with people's scores of the model it was made from.</param>
/// <param name="Spearman">The same of the model of lower precision.</param>
/// <param name="MeanCosine">How alike the two models' vectors of a text are, on average.</param>
/// <param name="LowestCosine">How alike they are where they are least so.</param>
public sealed record PrecisionLoss(
    double ReferenceSpearman,
    double Spearman,
    double MeanCosine,
    double LowestCosine
)
{
    /// <summary>The share of the rank correlation that is gone: 0.01 is one percent; negative where it rose.</summary>
    public double Relative => (ReferenceSpearman - Spearman) / Math.Abs(ReferenceSpearman);

    /// <summary>Encodes the pairs with both models and compares; cosines are those of the models' vectors.</summary>
    /// <param name="reference">The model of full precision.</param>
    /// <param name="model">The same model of lower precision.</param>
    /// <param name="sentences1">The first of each pair.</param>
    /// <param name="sentences2">The second of each pair.</param>
    /// <param name="scores">How alike people find them.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="ArgumentException">There are fewer than two pairs, the counts differ, or the models' vectors do.</exception>
    public static PrecisionLoss Measure(
        SentenceTransformer reference,
        SentenceTransformer model,
        IReadOnlyList<string> sentences1,
        IReadOnlyList<string> sentences2,
        IReadOnlyList<double> scores,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(model);
        EvaluationData.RequireSameCount(sentences1.Count, sentences2.Count, nameof(sentences2));
        string[] texts = [.. sentences1, .. sentences2];
        var expected = reference.Encode(texts, null, cancellation);
        var found = model.Encode(texts, null, cancellation);
        var cosines = Similarity.PairwiseCosine(expected, found);
        return new PrecisionLoss(
            Spearman(expected),
            Spearman(found),
            cosines.Average(cosine => (double)cosine),
            cosines.Min()
        );

        double Spearman(float[][] vectors) =>
            EmbeddingSimilarityEvaluator
                .Evaluate(
                    vectors[..sentences1.Count],
                    vectors[sentences1.Count..],
                    scores,
                    reference.SimilarityFunction
                )
                .Spearman;
    }

    /// <summary>The gate: refuses a model that lost more than a share of its rank correlation.</summary>
    /// <param name="most">The share; one percent without.</param>
    /// <exception cref="InvalidOperationException">It lost more, or the correlations are no numbers.</exception>
    public PrecisionLoss Require(double most = 0.01) =>
        Relative <= most
            ? this
            : throw new InvalidOperationException(
                FormattableString.Invariant(
                    $"lower precision costs {Relative:P2} of the rank correlation ({ReferenceSpearman:0.0000} to {Spearman:0.0000}), expected at most {most:P2}"
                )
            );
}
