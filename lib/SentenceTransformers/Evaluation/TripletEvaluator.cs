using Microsoft.Extensions.AI;

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

    /// <summary>Encodes with any embedding service, without prompts and options; our own models as <c>Evaluate</c> does.</summary>
    /// <param name="model">The service to evaluate.</param>
    /// <param name="functions">How to compare embeddings; null for the cosine, or the model's own way.</param>
    /// <param name="cancellation">Handed to the service.</param>
    /// <exception cref="InvalidOperationException">The service gave too few or too many embeddings, or one with NaN or an infinity.</exception>
    public async Task<TripletResult[]> EvaluateAsync(
        IEmbeddingGenerator<string, Embedding<float>> model,
        IEnumerable<SimilarityFunction>? functions = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model is SentenceTransformer ours)
            return Evaluate(ours, functions, cancellation: cancellation);
        var all = await EvaluationData
            .EncodeAsync(model, [.. anchors, .. positives, .. negatives], cancellation)
            .ConfigureAwait(false);
        var n = anchors.Length;
        return
        [
            .. EvaluationData
                .Functions(functions, SimilarityFunction.Cosine)
                .Select(function =>
                    Evaluate(all[..n], all[n..(2 * n)], all[(2 * n)..], function, margin)
                ),
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
