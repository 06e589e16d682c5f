using Microsoft.Extensions.AI;

namespace SentenceTransformers;

/// <summary>Tells pairs of sentences that belong together (duplicates, paraphrases) from others by a threshold on their similarity.</summary>
/// <remarks>Follows <c>BinaryClassificationEvaluator</c> of sentence-transformers.</remarks>
public sealed class BinaryClassificationEvaluator
{
    private readonly SentencePairs pairs;
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
        ArgumentNullException.ThrowIfNull(labels);
        (pairs, this.labels) = (new SentencePairs(sentences1, sentences2), [.. labels]);
        EvaluationData.RequireSameCount(pairs.Count, this.labels.Length, nameof(labels));
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
    public async Task<BinaryClassificationResult[]> EvaluateAsync(
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

    private BinaryClassificationResult[] Evaluate(
        (float[][] First, float[][] Second) embeddings,
        IEnumerable<SimilarityFunction>? functions,
        SimilarityFunction otherwise
    ) =>
        [
            .. EvaluationData
                .Functions(functions, otherwise)
                .Select(function =>
                    Evaluate(embeddings.First, embeddings.Second, labels, function)
                ),
        ];

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
