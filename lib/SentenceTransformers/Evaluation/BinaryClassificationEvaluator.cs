namespace SentenceTransformers;

/// <summary>Tells pairs of sentences that belong together (duplicates, paraphrases) from others by a threshold on their similarity.</summary>
/// <remarks>Follows <c>BinaryClassificationEvaluator</c> of sentence-transformers.</remarks>
public sealed class BinaryClassificationEvaluator
{
    private readonly string[] sentences1;
    private readonly string[] sentences2;
    private readonly bool[] labels;

    /// <param name="sentences1">The first of each pair.</param>
    /// <param name="sentences2">The second of each pair.</param>
    /// <param name="labels">Whether they belong together.</param>
    /// <exception cref="ArgumentException">There is no pair, or the counts differ.</exception>
    public BinaryClassificationEvaluator(
        IEnumerable<string> sentences1,
        IEnumerable<string> sentences2,
        IEnumerable<bool> labels
    )
    {
        ArgumentNullException.ThrowIfNull(sentences1);
        ArgumentNullException.ThrowIfNull(sentences2);
        ArgumentNullException.ThrowIfNull(labels);
        (this.sentences1, this.sentences2, this.labels) = (
            [.. sentences1],
            [.. sentences2],
            [.. labels]
        );
        EvaluationData.RequireSome(this.sentences1, nameof(sentences1));
        EvaluationData.RequireSameCount(
            this.sentences1.Length,
            this.sentences2.Length,
            nameof(sentences2)
        );
        EvaluationData.RequireSameCount(this.sentences1.Length, this.labels.Length, nameof(labels));
    }

    /// <summary>Encodes the pairs and looks for thresholds; one result for each function.</summary>
    /// <param name="model">The model to evaluate.</param>
    /// <param name="functions">How to compare embeddings; null for the model's own way.</param>
    /// <param name="options">Batch size and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    public BinaryClassificationResult[] Evaluate(
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
                .Select(function => Evaluate(embeddings1, embeddings2, labels, function)),
        ];
    }

    /// <summary>Looks for thresholds on the similarities of embeddings; shapes [pairs][dimension], [pairs][dimension], [pairs].</summary>
    /// <exception cref="ArgumentException">There are none, the counts differ, or a number is NaN or an infinity.</exception>
    public static BinaryClassificationResult Evaluate(
        float[][] embeddings1,
        float[][] embeddings2,
        IReadOnlyList<bool> labels,
        SimilarityFunction function = SimilarityFunction.Cosine
    )
    {
        ArgumentNullException.ThrowIfNull(labels);
        var similarities = Similarity.Pairwise(function, embeddings1, embeddings2);
        EvaluationData.RequireSameCount(similarities.Length, labels.Count, nameof(labels));
        // Best first, equal ones in their order. Thresholds lie halfway between neighbours, never beyond the ends.
        (float Score, bool Label)[] pairs =
        [
            .. similarities.Zip(labels).OrderByDescending(pair => pair.First),
        ];
        var (accuracy, accuracyThreshold) = BestAccuracy(pairs);
        var (f1, precision, recall, f1Threshold) = BestF1(pairs);
        var sign = function is SimilarityFunction.Euclidean or SimilarityFunction.Manhattan
            ? -1
            : 1;
        return new BinaryClassificationResult(
            function,
            accuracy,
            // Where no threshold is any good the reference leaves -1 and 0, whatever the function.
            accuracyThreshold is { } threshold
                ? sign * threshold
                : -1,
            f1,
            f1Threshold is { } best ? sign * best : 0,
            precision,
            recall,
            ScoreMetrics.AveragePrecision(labels, Array.ConvertAll(similarities, x => (double)x)),
            ScoreMetrics.Matthews(
                labels,
                Array.ConvertAll(similarities, score => score >= (f1Threshold ?? 0))
            )
        );
    }

    private static (double Accuracy, float? Threshold) BestAccuracy(
        (float Score, bool Label)[] pairs
    )
    {
        var right = pairs.Count(pair => !pair.Label); // with nothing said to belong together
        (double, float?) best = (0, null);
        for (var i = 0; i < pairs.Length - 1; i++)
        {
            right += pairs[i].Label ? 1 : -1;
            var accuracy = (double)right / pairs.Length;
            if (accuracy > best.Item1)
                best = (accuracy, Between(pairs, i));
        }
        return best;
    }

    private static (double F1, double Precision, double Recall, float? Threshold) BestF1(
        (float Score, bool Label)[] pairs
    )
    {
        var (total, right) = (pairs.Count(pair => pair.Label), 0);
        (double F1, double, double, float?) best = (0, 0, 0, null);
        for (var i = 0; i < pairs.Length - 1; i++)
        {
            if (pairs[i].Label)
                right++;
            if (right == 0)
                continue;
            var (precision, recall) = ((double)right / (i + 1), (double)right / total);
            var f1 = 2 * precision * recall / (precision + recall);
            if (f1 > best.F1)
                best = (f1, precision, recall, Between(pairs, i));
        }
        return best;
    }

    private static float Between((float Score, bool Label)[] pairs, int i) =>
        (pairs[i].Score + pairs[i + 1].Score) / 2;
}
