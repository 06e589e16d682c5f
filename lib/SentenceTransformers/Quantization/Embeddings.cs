namespace SentenceTransformers;

/// <summary>What is done to finished embeddings before they are stored or compared.</summary>
/// <remarks>
/// Follows <c>normalize_embeddings</c> and <c>truncate_embeddings</c> of <c>sentence_transformers.util</c>; the rows given are never changed.
/// Every method throws <see cref="ArgumentException"/>, naming the row, where rows differ in length or hold NaN or an infinity.
/// </remarks>
public static class Embeddings
{
    /// <summary>Scales each row to length 1; a row of zeros stays zero; shape [rows][dimension].</summary>
    public static float[][] Normalize(float[][] embeddings)
    {
        Similarity.Require(embeddings, nameof(embeddings));
        return Array.ConvertAll(
            embeddings,
            row => SentenceTransformers.Normalize.ToUnitLength(row)
        );
    }

    /// <summary>Keeps the first numbers of each row, as models trained for it ("Matryoshka") allow; shape [rows][dimension].</summary>
    /// <param name="embeddings">The rows.</param>
    /// <param name="truncateDimension">How many numbers to keep; null, or more than there are, for all.</param>
    /// <remarks>Rows of length 1 are shorter afterwards: normalize again where dot products are taken for cosines.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static float[][] Truncate(float[][] embeddings, int? truncateDimension)
    {
        if (truncateDimension is < 1)
            throw new ArgumentOutOfRangeException(
                nameof(truncateDimension),
                truncateDimension,
                "expected at least 1"
            );
        Similarity.Require(embeddings, nameof(embeddings));
        var dimension = Math.Min(truncateDimension ?? int.MaxValue, embeddings[0].Length);
        return Array.ConvertAll(embeddings, row => row[..dimension]);
    }
}
