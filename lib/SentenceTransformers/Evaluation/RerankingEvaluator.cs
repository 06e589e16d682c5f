using Microsoft.Extensions.AI;

namespace SentenceTransformers;

/// <summary>Ranks a few documents for each query and asks how far up those are that answer it.</summary>
/// <remarks>
/// Follows <c>RerankingEvaluator</c> of sentence-transformers, with scikit-learn's metrics. Of equal scores MRR takes the
/// earlier document first, positives before negatives; the others treat them alike.
/// </remarks>
public sealed class RerankingEvaluator
{
    private readonly RerankingSample[] samples;
    private readonly int k;

    /// <param name="samples">The queries; those without a positive or without a negative are left out, as with the reference.</param>
    /// <param name="k">How many documents MRR and nDCG look at.</param>
    /// <exception cref="ArgumentException">No sample is left.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public RerankingEvaluator(IEnumerable<RerankingSample> samples, int k = 10)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.samples =
        [
            .. samples.Where(sample => sample.Positive.Count > 0 && sample.Negative.Count > 0),
        ];
        EvaluationData.RequireSome(this.samples, nameof(samples));
        this.k = k;
    }

    /// <summary>Encodes queries and documents, ranks and averages.</summary>
    /// <param name="model">The model to evaluate.</param>
    /// <param name="function">How to compare embeddings; the cosine, as with the reference.</param>
    /// <param name="options">Batch size and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    public RerankingResult Evaluate(
        SentenceTransformer model,
        SimilarityFunction function = SimilarityFunction.Cosine,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        var queries = model.EncodeQuery(
            samples.Select(sample => sample.Query),
            options,
            cancellation
        );
        var documents = model.EncodeDocument(samples.SelectMany(Documents), options, cancellation);
        return Evaluate(queries, documents, function);
    }

    /// <summary>Encodes with any embedding service, without prompts and options; our own models as <c>Evaluate</c> does.</summary>
    /// <param name="model">The service to evaluate.</param>
    /// <param name="function">How to compare embeddings; the cosine, as with the reference.</param>
    /// <param name="cancellation">Handed to the service.</param>
    /// <exception cref="InvalidOperationException">The service gave too few or too many embeddings, or one with NaN or an infinity.</exception>
    public async Task<RerankingResult> EvaluateAsync(
        IEmbeddingGenerator<string, Embedding<float>> model,
        SimilarityFunction function = SimilarityFunction.Cosine,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model is SentenceTransformer ours)
            return Evaluate(ours, function, cancellation: cancellation);
        string[] texts =
        [
            .. samples.Select(sample => sample.Query),
            .. samples.SelectMany(Documents),
        ];
        var all = await EvaluationData
            .EncodeAsync(model, texts, cancellation)
            .ConfigureAwait(false);
        return Evaluate(all[..samples.Length], all[samples.Length..], function);
    }

    private static IEnumerable<string> Documents(RerankingSample sample) =>
        sample.Positive.Concat(sample.Negative);

    private RerankingResult Evaluate(
        float[][] queries,
        float[][] documents,
        SimilarityFunction function
    )
    {
        var results = new RerankingResult[samples.Length];
        var first = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var positives = samples[i].Positive.Count;
            var end = first + positives + samples[i].Negative.Count;
            var scores = Similarity.Matrix(function, [queries[i]], documents[first..end]);
            results[i] = Evaluate([.. scores.Cast<float>().Select(x => (double)x)], positives, k);
            first = end;
        }
        return new RerankingResult(
            k,
            results.Average(result => result.Map),
            results.Average(result => result.Mrr),
            results.Average(result => result.Ndcg)
        );
    }

    /// <summary>One query's metrics, from its documents' scores.</summary>
    /// <param name="scores">The scores, larger is better, those of documents that answer the query first; shape [documents].</param>
    /// <param name="positives">How many of them answer it.</param>
    /// <param name="k">How many documents MRR and nDCG look at.</param>
    /// <exception cref="ArgumentException">There are not as many scores, there is no positive, or a score is NaN or an infinity.</exception>
    public static RerankingResult Evaluate(IReadOnlyList<double> scores, int positives, int k = 10)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (positives < 1 || positives > scores.Count)
            throw new ArgumentException(
                $"expected from 1 to {scores.Count}, found {positives}",
                nameof(positives)
            );
        EvaluationData.RequireFinite(scores, nameof(scores));
        bool[] relevant = [.. scores.Select((_, i) => i < positives)];
        bool[] ranked =
        [
            .. relevant
                .Zip(scores)
                .OrderByDescending(pair => pair.Second)
                .Select(pair => pair.First),
        ];
        return new RerankingResult(
            k,
            ScoreMetrics.AveragePrecision(relevant, scores),
            RankingMetrics.ReciprocalRankAt(ranked, k),
            ScoreMetrics.NdcgAt(relevant, scores, k)
        );
    }
}
