namespace SentenceTransformers;

/// <summary>Finds the pairs of sentences that are most alike, by comparing every sentence with every other.</summary>
/// <remarks>Follows <c>paraphrase_mining</c> and <c>paraphrase_mining_embeddings</c> of <c>sentence_transformers.util</c>.</remarks>
public static class ParaphraseMining
{
    // The reference's floor: what scores no more is never a pair, which leaves distances of 1 and more out.
    private const float LowestScore = -1;

    /// <summary>Encodes sentences and finds the pairs that are most alike, best first.</summary>
    /// <param name="model">Encodes the sentences.</param>
    /// <param name="sentences">The sentences; pairs name them by their position.</param>
    /// <param name="topK">How many others each sentence is paired with, in each chunk of the corpus.</param>
    /// <param name="maxPairs">How many pairs are kept, as the reference counts: a pair counts twice, once from each side, and one fewer is kept.</param>
    /// <param name="scoreFunction">How embeddings are compared. Scores of -1 and less give no pair, as with the reference: most distances are such.</param>
    /// <param name="encodeOptions">Batch size, prompt and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch is encoded.</param>
    public static ParaphrasePair[] Mine(
        SentenceTransformer model,
        IEnumerable<string> sentences,
        int topK = 100,
        int maxPairs = 500_000,
        SimilarityFunction scoreFunction = SimilarityFunction.Cosine,
        EncodeOptions? encodeOptions = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sentences);
        var embeddings = model.Encode(sentences, encodeOptions, cancellation);
        return Mine(embeddings, topK, maxPairs, scoreFunction);
    }

    /// <summary>Finds the pairs of rows that are most alike, best first; of equal scores the earlier rows; shape [rows][dimension].</summary>
    /// <param name="embeddings">The rows.</param>
    /// <param name="topK">How many others each row is paired with, in each chunk of the corpus.</param>
    /// <param name="maxPairs">How many pairs are kept, as the reference counts: a pair counts twice, once from each side, and one fewer is kept.</param>
    /// <param name="scoreFunction">How rows are compared. Scores of -1 and less give no pair, as with the reference: most distances are such.</param>
    /// <param name="queryChunkSize">How many rows are compared at once; the pairs do not depend on it (5000 in the reference, for its speed).</param>
    /// <param name="corpusChunkSize">How many rows each of them is compared with at once: memory is 4 bytes for each of both.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or hold NaN or an infinity; the message names the row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    public static ParaphrasePair[] Mine(
        float[][] embeddings,
        int topK = 100,
        int maxPairs = 500_000,
        SimilarityFunction scoreFunction = SimilarityFunction.Cosine,
        int queryChunkSize = 100,
        int corpusChunkSize = 100_000
    )
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentOutOfRangeException.ThrowIfLessThan(topK, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPairs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(queryChunkSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(corpusChunkSize, 1);
        // Worst first. Each pair comes from both sides, as (i, j) and as (j, i).
        var pairs = new PriorityQueue<ParaphrasePair, (float, int, int)>();
        var (added, floor) = (0L, LowestScore);
        foreach (
            var pair in Candidates(embeddings, topK, scoreFunction, queryChunkSize, corpusChunkSize)
        )
        {
            if (pair.First == pair.Second || pair.Score <= floor)
                continue;
            pairs.Enqueue(pair, (pair.Score, pair.First, pair.Second));
            if (++added >= maxPairs)
                floor = pairs.Dequeue().Score;
        }
        return Distinct(pairs);
    }

    /// <summary>Each row with those most like it in each chunk, itself included.</summary>
    private static IEnumerable<ParaphrasePair> Candidates(
        float[][] embeddings,
        int topK,
        SimilarityFunction scoreFunction,
        int queryChunkSize,
        int corpusChunkSize
    )
    {
        // One more than asked for, because a row is most like itself.
        var best = new BestHits(topK < int.MaxValue ? topK + 1 : topK);
        for (var start = 0; start < embeddings.Length; start += corpusChunkSize)
        for (var first = 0; first < embeddings.Length; first += queryChunkSize)
        {
            var scores = Similarity.Matrix(
                scoreFunction,
                SemanticSearch.Rows(embeddings, first, queryChunkSize),
                SemanticSearch.Rows(embeddings, start, corpusChunkSize)
            );
            for (var query = 0; query < scores.GetLength(0); query++)
            {
                for (var row = 0; row < scores.GetLength(1); row++)
                    best.Add(start + row, scores[query, row]);
                foreach (var hit in best.Take())
                    yield return new ParaphrasePair(hit.Score, first + query, hit.CorpusId);
            }
        }
    }

    private static ParaphrasePair[] Distinct(PriorityQueue<ParaphrasePair, (float, int, int)> pairs)
    {
        var seen = new HashSet<(int, int)>();
        var distinct = new List<ParaphrasePair>();
        while (pairs.TryDequeue(out var pair, out _))
        {
            var (first, second) = (
                Math.Min(pair.First, pair.Second),
                Math.Max(pair.First, pair.Second)
            );
            if (seen.Add((first, second)))
                distinct.Add(new ParaphrasePair(pair.Score, first, second));
        }
        return [.. distinct.OrderByDescending(pair => pair.Score)]; // stable: of equal scores the earlier rows
    }
}
