namespace SentenceTransformers;

/// <summary>In which order texts go through a transformer.</summary>
internal static class Batches
{
    /// <summary>
    /// The indices of each batch, longest texts first: so a batch holds texts of like length, little is padded, and one
    /// that is too long shows at once.
    /// </summary>
    /// <param name="encodings">The texts.</param>
    /// <param name="size">The most texts of a batch.</param>
    /// <param name="progress">Told after each batch how many texts are done.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    public static IEnumerable<int[]> LongestFirst(
        IReadOnlyList<TokenEncoding> encodings,
        int size,
        IProgress<EncodeProgress>? progress,
        CancellationToken cancellation
    )
    {
        var done = 0;
        foreach (
            var batch in Enumerable
                .Range(0, encodings.Count)
                .OrderByDescending(i => encodings[i].Length)
                .Chunk(size)
        )
        {
            cancellation.ThrowIfCancellationRequested();
            yield return batch;
            done += batch.Length;
            progress?.Report(new EncodeProgress(done, encodings.Count));
        }
    }
}
