using System.Numerics.Tensors;

namespace SentenceTransformers;

public static partial class Similarity
{
    // The reference's score of a document without a token: below any real one, and still a finite number.
    private const float EmptyDocumentScore = -1e9f;

    /// <summary>MaxSim of each query with each document: for each query token its most similar document token, added up; shape [queries, documents].</summary>
    /// <param name="queries">Token embeddings; shape [queries][tokens][dimension], with any number of tokens.</param>
    /// <param name="documents">Token embeddings; shape [documents][tokens][dimension]. One without tokens scores -1e9.</param>
    /// <param name="lengthNormalize">Whether to divide by the query's tokens (MeanMaxSim), so that queries of all lengths compare.</param>
    /// <remarks>ColBERT: Khattab and Zaharia 2020. Dot products, so normalize the tokens for cosines. Padding is not known here: leave it out.</remarks>
    public static float[,] MaxSim(
        float[][][] queries,
        float[][][] documents,
        bool lengthNormalize = false
    )
    {
        RequireTokens(queries, documents);
        var scores = new float[queries.Length, documents.Length];
        for (var i = 0; i < queries.Length; i++)
        for (var j = 0; j < documents.Length; j++)
            scores[i, j] = MaxSimOf(queries[i], documents[j], lengthNormalize);
        return scores;
    }

    /// <summary>MaxSim of query i with document i; shape [queries].</summary>
    /// <inheritdoc cref="MaxSim(float[][][], float[][][], bool)"/>
    public static float[] PairwiseMaxSim(
        float[][][] queries,
        float[][][] documents,
        bool lengthNormalize = false
    )
    {
        RequireTokens(queries, documents);
        if (queries.Length != documents.Length)
            throw new ArgumentException(
                $"expected {queries.Length} documents, found {documents.Length}",
                nameof(documents)
            );
        return [.. queries.Select((query, i) => MaxSimOf(query, documents[i], lengthNormalize))];
    }

    private static float MaxSimOf(float[][] query, float[][] document, bool lengthNormalize)
    {
        var score = document.Length == 0 ? EmptyDocumentScore : 0;
        if (document.Length > 0)
            foreach (var token in query)
                score += document.Max(other => TensorPrimitives.Dot<float>(token, other));
        return lengthNormalize ? score / Math.Max(query.Length, 1) : score;
    }

    private static void RequireTokens(float[][][] queries, float[][][] documents)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(documents);
        int? dimension = null;
        foreach (
            var (texts, name) in new[]
            {
                (queries, nameof(queries)),
                (documents, nameof(documents)),
            }
        )
        foreach (var (i, tokens) in texts.Index())
        {
            if (tokens is null)
                throw new ArgumentException($"[{i}] is null", name);
            if (tokens.Length == 0)
                continue;
            Require(tokens, $"{name}[{i}]");
            if (tokens[0].Length != (dimension ??= tokens[0].Length))
                throw new ArgumentException(
                    $"expected rows of {dimension} numbers, found {tokens[0].Length}",
                    $"{name}[{i}]"
                );
        }
    }
}
