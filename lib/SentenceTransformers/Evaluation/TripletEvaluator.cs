namespace SentenceTransformers;

/// <summary>Asks of triplets whether the anchor is more like its positive than like its negative.</summary>
/// <remarks>Follows <c>TripletEvaluator</c> of sentence-transformers: anchors are encoded as queries, the others as documents.</remarks>
public sealed class TripletEvaluator
{
    private readonly string[] anchors;
    private readonly string[] positives;
    private readonly string[] negatives;
    private readonly float margin;

    /// <param name="anchors">The first of each triplet.</param>
    /// <param name="positives">What is like it.</param>
    /// <param name="negatives">What is not.</param>
    /// <param name="margin">By how much more the positive must be like it.</param>
    /// <exception cref="ArgumentException">There is no triplet, the counts differ, or the margin is NaN.</exception>
    public TripletEvaluator(
        IEnumerable<string> anchors,
        IEnumerable<string> positives,
        IEnumerable<string> negatives,
        float margin = 0
    )
    {
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(positives);
        ArgumentNullException.ThrowIfNull(negatives);
        (this.anchors, this.positives, this.negatives, this.margin) = (
            [.. anchors],
            [.. positives],
            [.. negatives],
            margin
        );
        EvaluationData.RequireSome(this.anchors, nameof(anchors));
        EvaluationData.RequireSameCount(
            this.anchors.Length,
            this.positives.Length,
            nameof(positives)
        );
        EvaluationData.RequireSameCount(
            this.anchors.Length,
            this.negatives.Length,
            nameof(negatives)
        );
        EvaluationData.RequireFinite([margin], nameof(margin));
    }

    /// <summary>Encodes the triplets and counts; one result for each function.</summary>
    /// <param name="model">The model to evaluate.</param>
    /// <param name="functions">How to compare embeddings; null for the model's own way.</param>
    /// <param name="options">Batch size and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    public TripletResult[] Evaluate(
        SentenceTransformer model,
        IEnumerable<SimilarityFunction>? functions = null,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        var anchor = model.EncodeQuery(anchors, options, cancellation);
        var positive = model.EncodeDocument(positives, options, cancellation);
        var negative = model.EncodeDocument(negatives, options, cancellation);
        return
        [
            .. EvaluationData
                .Functions(functions, model.SimilarityFunction)
                .Select(function => Evaluate(anchor, positive, negative, function, margin)),
        ];
    }

    /// <summary>Counts on embeddings; shapes [triplets][dimension].</summary>
    /// <exception cref="ArgumentException">There are none, the counts differ, or a number is NaN or an infinity.</exception>
    public static TripletResult Evaluate(
        float[][] anchors,
        float[][] positives,
        float[][] negatives,
        SimilarityFunction function = SimilarityFunction.Cosine,
        float margin = 0
    )
    {
        var near = Similarity.Pairwise(function, anchors, positives);
        var far = Similarity.Pairwise(function, anchors, negatives);
        var right = near.Zip(far).Count(pair => pair.First > pair.Second + margin);
        return new TripletResult(function, (double)right / near.Length);
    }
}
