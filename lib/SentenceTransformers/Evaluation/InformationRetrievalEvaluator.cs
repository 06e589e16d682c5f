using Microsoft.Extensions.AI;

namespace SentenceTransformers;

/// <summary>Searches a corpus for each query and asks how far up the relevant documents are.</summary>
/// <remarks>
/// Follows <c>InformationRetrievalEvaluator</c> of sentence-transformers, its order of equal scores included: by the documents'
/// ids, so that no metric depends on chunks or on the order of the corpus.
/// </remarks>
public sealed class InformationRetrievalEvaluator
{
    private static readonly int[] FirstFew = [1, 3, 5, 10];
    private static readonly int[] Ten = [10];
    private static readonly int[] Hundred = [100];

    private readonly (string Text, IReadOnlySet<string> Relevant)[] queries;
    private readonly string[] corpusIds; // in ordinal order, so that rows of equal scores are in the order of their ids
    private readonly string[] corpus;

    /// <param name="queries">The queries by their ids; those without a relevant document are left out, as with the reference.</param>
    /// <param name="corpus">The documents by their ids.</param>
    /// <param name="relevantDocuments">The ids of the documents that are relevant to a query, by the query's id.</param>
    /// <exception cref="ArgumentException">No query is left, or there is no document.</exception>
    public InformationRetrievalEvaluator(
        IReadOnlyDictionary<string, string> queries,
        IReadOnlyDictionary<string, string> corpus,
        IReadOnlyDictionary<string, IReadOnlySet<string>> relevantDocuments
    )
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(relevantDocuments);
        EvaluationData.RequireSome(corpus, nameof(corpus));
        this.queries =
        [
            .. queries
                .Where(query =>
                    relevantDocuments.TryGetValue(query.Key, out var ids) && ids.Count > 0
                )
                .Select(query => (query.Value, relevantDocuments[query.Key])),
        ];
        EvaluationData.RequireSome(this.queries, nameof(queries));
        corpusIds = [.. corpus.Keys.Order(StringComparer.Ordinal)];
        this.corpus = [.. corpusIds.Select(id => corpus[id])];
    }

    /// <summary>How many documents are encoded at once; memory is theirs and 4 bytes a query for each.</summary>
    public int CorpusChunkSize { get; init; } = 50_000;

    /// <summary>The cut-offs of accuracy.</summary>
    public IReadOnlyList<int> AccuracyAt { get; init; } = FirstFew;

    /// <summary>The cut-offs of precision and recall.</summary>
    public IReadOnlyList<int> PrecisionRecallAt { get; init; } = FirstFew;

    /// <summary>The cut-offs of MRR.</summary>
    public IReadOnlyList<int> MrrAt { get; init; } = Ten;

    /// <summary>The cut-offs of nDCG.</summary>
    public IReadOnlyList<int> NdcgAt { get; init; } = Ten;

    /// <summary>The cut-offs of MAP.</summary>
    public IReadOnlyList<int> MapAt { get; init; } = Hundred;

    /// <summary>Encodes queries and corpus, searches and averages; one result for each function.</summary>
    /// <param name="model">The model to evaluate.</param>
    /// <param name="functions">How to compare embeddings; null for the model's own way.</param>
    /// <param name="options">Batch size and so on; null for the model's own. Its prompt is that of queries and documents alike.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="ArgumentException">A cut-off is below 1, or there are none of a metric.</exception>
    public InformationRetrievalResult[] Evaluate(
        SentenceTransformer model,
        IEnumerable<SimilarityFunction>? functions = null,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(CorpusChunkSize, 1);
        var embeddings = model.EncodeQuery(
            queries.Select(query => query.Text),
            options,
            cancellation
        );
        var found = new Found(this, functions, model.SimilarityFunction);
        for (var start = 0; start < corpus.Length; start += CorpusChunkSize)
            found.Add(embeddings, model.EncodeDocument(Chunk(start), options, cancellation), start);
        return found.Results();
    }

    /// <summary>Encodes with any embedding service, without prompts and options; our own models as <c>Evaluate</c> does.</summary>
    /// <param name="model">The service to evaluate.</param>
    /// <param name="functions">How to compare embeddings; null for the cosine, or the model's own way.</param>
    /// <param name="cancellation">Handed to the service.</param>
    /// <exception cref="InvalidOperationException">The service gave too few or too many embeddings, or one with NaN or an infinity.</exception>
    /// <exception cref="ArgumentException">A cut-off is below 1, or there are none of a metric.</exception>
    public async Task<InformationRetrievalResult[]> EvaluateAsync(
        IEmbeddingGenerator<string, Embedding<float>> model,
        IEnumerable<SimilarityFunction>? functions = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(CorpusChunkSize, 1);
        if (model is SentenceTransformer ours)
            return Evaluate(ours, functions, cancellation: cancellation);
        var found = new Found(this, functions, SimilarityFunction.Cosine);
        var embeddings = await EvaluationData
            .EncodeAsync(model, [.. queries.Select(query => query.Text)], cancellation)
            .ConfigureAwait(false);
        for (var start = 0; start < corpus.Length; start += CorpusChunkSize)
            found.Add(
                embeddings,
                await EvaluationData
                    .EncodeAsync(model, Chunk(start), cancellation)
                    .ConfigureAwait(false),
                start
            );
        return found.Results();
    }

    private string[] Chunk(int start) =>
        corpus[start..Math.Min(start + CorpusChunkSize, corpus.Length)];

    /// <summary>Averages over the queries, from what a search found for each; <see cref="SearchHit.CorpusId"/> counts ids in ordinal order.</summary>
    internal InformationRetrievalResult Result(SimilarityFunction function, SearchHit[][] hits)
    {
        bool[][] relevant =
        [
            .. hits.Select(
                (found, query) =>
                    found
                        .Select(hit => queries[query].Relevant.Contains(corpusIds[hit.CorpusId]))
                        .ToArray()
            ),
        ];
        return new InformationRetrievalResult(
            function,
            Mean(AccuracyAt, (i, k) => RankingMetrics.HitsAt(relevant[i], k) > 0 ? 1 : 0),
            Mean(PrecisionRecallAt, (i, k) => (double)RankingMetrics.HitsAt(relevant[i], k) / k),
            Mean(
                PrecisionRecallAt,
                (i, k) => (double)RankingMetrics.HitsAt(relevant[i], k) / Total(i)
            ),
            Mean(MrrAt, (i, k) => RankingMetrics.ReciprocalRankAt(relevant[i], k)),
            Mean(NdcgAt, (i, k) => RankingMetrics.NdcgAt(relevant[i], Total(i), k)),
            Mean(MapAt, (i, k) => RankingMetrics.AveragePrecisionAt(relevant[i], Total(i), k))
        );

        int Total(int query) => queries[query].Relevant.Count;
    }

    private Dictionary<int, double> Mean(
        IReadOnlyList<int> cutOffs,
        Func<int, int, double> metric
    ) =>
        cutOffs
            .Distinct()
            .ToDictionary(
                k => k,
                k => Enumerable.Range(0, queries.Length).Average(query => metric(query, k))
            );

    private int DeepestCutOff()
    {
        int[][] all =
        [
            Checked(AccuracyAt, nameof(AccuracyAt)),
            Checked(PrecisionRecallAt, nameof(PrecisionRecallAt)),
            Checked(MrrAt, nameof(MrrAt)),
            Checked(NdcgAt, nameof(NdcgAt)),
            Checked(MapAt, nameof(MapAt)),
        ];
        return all.Max(cutOffs => cutOffs.Max());

        static int[] Checked(IReadOnlyList<int> cutOffs, string name) =>
            cutOffs.Count > 0 && cutOffs.Min() >= 1
                ? [.. cutOffs]
                : throw new ArgumentException("expected numbers of at least 1", name);
    }

    /// <summary>The best documents of each query so far, by each function, while the corpus goes by.</summary>
    private sealed class Found
    {
        private readonly InformationRetrievalEvaluator evaluator;
        private readonly SimilarityFunction[] functions;
        private readonly int deepest;
        private readonly BestHits[][] best;

        public Found(
            InformationRetrievalEvaluator evaluator,
            IEnumerable<SimilarityFunction>? functions,
            SimilarityFunction otherwise
        )
        {
            this.evaluator = evaluator;
            this.functions = EvaluationData.Functions(functions, otherwise);
            deepest = evaluator.DeepestCutOff();
            best = Array.ConvertAll(
                this.functions,
                _ => Array.ConvertAll(evaluator.queries, _ => new BestHits(deepest))
            );
        }

        public void Add(float[][] queries, float[][] chunk, int start)
        {
            foreach (var (i, function) in functions.Index())
            foreach (
                var (query, hits) in SemanticSearch
                    .Search(queries, chunk, deepest, function)
                    .Index()
            )
            foreach (var hit in hits)
                best[i][query].Add(start + hit.CorpusId, hit.Score);
        }

        public InformationRetrievalResult[] Results() =>
            [
                .. functions.Select(
                    (function, i) =>
                        evaluator.Result(function, Array.ConvertAll(best[i], hits => hits.Take()))
                ),
            ];
    }
}
