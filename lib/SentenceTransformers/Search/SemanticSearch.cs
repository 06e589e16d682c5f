namespace SentenceTransformers;

/// <summary>Finds the rows of a corpus that are most like a query, by comparing it with all of them.</summary>
/// <remarks>
/// Follows <c>semantic_search</c> of <c>sentence_transformers.util</c>. Of equal scores the earlier row comes first, so that
/// the hits never depend on how the work is cut into chunks; which of equal rows the reference keeps does.
/// </remarks>
public static class SemanticSearch
{
    /// <summary>Finds the best hits of one query, best first; shapes [dimension] and [rows][dimension].</summary>
    /// <inheritdoc cref="Search(float[][], float[][], int, SimilarityFunction, int, int)"/>
    public static SearchHit[] Search(
        float[] query,
        float[][] corpus,
        int topK = 10,
        SimilarityFunction scoreFunction = SimilarityFunction.Cosine
    ) => Search([query], corpus, topK, scoreFunction)[0];

    /// <summary>Finds the best hits of each query, best first; shapes [queries][dimension] and [rows][dimension].</summary>
    /// <param name="queries">What is looked for; none gives no lists.</param>
    /// <param name="corpus">What is looked through; none gives empty lists.</param>
    /// <param name="topK">The most hits of a query.</param>
    /// <param name="scoreFunction">How rows are compared.</param>
    /// <param name="queryChunkSize">How many queries are compared at once.</param>
    /// <param name="corpusChunkSize">How many rows each of them is compared with at once: memory is 4 bytes for each of both.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or hold NaN or an infinity; the message names the row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    public static SearchHit[][] Search(
        float[][] queries,
        float[][] corpus,
        int topK = 10,
        SimilarityFunction scoreFunction = SimilarityFunction.Cosine,
        int queryChunkSize = 100,
        int corpusChunkSize = 500_000
    )
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(topK, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(queryChunkSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(corpusChunkSize, 1);
        var hits = new SearchHit[queries.Length][];
        for (var first = 0; first < queries.Length; first += queryChunkSize)
        {
            var chunk = Rows(queries, first, queryChunkSize);
            var best = Array.ConvertAll(chunk, _ => new BestHits(topK));
            for (var start = 0; start < corpus.Length; start += corpusChunkSize)
            {
                // [queries of the chunk, rows of the chunk]
                var scores = Similarity.Matrix(
                    scoreFunction,
                    chunk,
                    Rows(corpus, start, corpusChunkSize)
                );
                for (var query = 0; query < scores.GetLength(0); query++)
                for (var row = 0; row < scores.GetLength(1); row++)
                    best[query].Add(start + row, scores[query, row]);
            }
            for (var query = 0; query < chunk.Length; query++)
                hits[first + query] = best[query].Take();
        }
        return hits;
    }

    /// <summary>A chunk of rows; the last may be shorter.</summary>
    internal static float[][] Rows(float[][] rows, int start, int count) =>
        rows[start..(start + Math.Min(count, rows.Length - start))];
}
