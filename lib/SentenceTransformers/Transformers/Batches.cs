using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace SentenceTransformers;

/// <summary>In which batches texts go through a transformer, and how many batches at once.</summary>
/// <remarks>
/// A matrix multiplication costs what its padded tokens cost, so texts of like length share a batch, and a batch is cut by
/// its tokens instead of its texts: as many as keep a core busy, few enough to stay in its cache. Each core works on a batch
/// of its own with one thread, which needs no meeting of threads after every operator.
/// </remarks>
internal static class Batches
{
    /// <summary>The padded tokens of a batch at which longer ones bring nothing (measured: <c>bench encode</c>).</summary>
    public const int TokenBudget = 512;

    // Below this, what a core would be given costs less than handing it over.
    private const int TokensWorthACore = 32;

    /// <summary>The indices of each batch, longest texts first, so that one that is too long shows at once.</summary>
    /// <param name="encodings">The texts.</param>
    /// <param name="size">The most texts of a batch; null for as many as the budget holds.</param>
    /// <param name="budget">The most tokens of a batch, padding included; a text that is longer has a batch of its own.</param>
    /// <param name="cores">How many batches run at once: little work is cut into so many.</param>
    public static IReadOnlyList<int[]> Cut(
        IReadOnlyList<TokenEncoding> encodings,
        int? size,
        int budget,
        int cores
    )
    {
        int[] order =
        [
            .. Enumerable.Range(0, encodings.Count).OrderByDescending(i => encodings[i].Length),
        ];
        var share = Share(encodings.Sum(encoding => (long)encoding.Length), budget, cores);
        var batches = new List<int[]>();
        for (var start = 0; start < order.Length; )
        {
            var longest = Math.Max(encodings[order[start]].Length, 1);
            var texts = Math.Min((share + longest - 1) / longest, budget / longest);
            var end = Math.Min(start + Math.Clamp(texts, 1, size ?? int.MaxValue), order.Length);
            batches.Add(order[start..end]);
            start = end;
        }
        return batches;
    }

    // The tokens of a batch, so that every core gets as many batches as every other: four batches and a small fifth would
    // keep one of two cores waiting while the other does the fifth.
    private static int Share(long tokens, int budget, int cores)
    {
        if (cores == 1)
            return budget;
        var rounds = Math.Max(1, (tokens + (long)budget * cores - 1) / ((long)budget * cores));
        var share = (tokens + rounds * cores - 1) / (rounds * cores);
        return (int)Math.Clamp(share, Math.Min(budget, TokensWorthACore), budget);
    }

    /// <summary>Refuses options that leave a batch without a text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is less than 1.</exception>
    public static void Check(int? batchSize, int tokenBudget, int? threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize ?? 1, 1, nameof(batchSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(tokenBudget, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
    }

    /// <summary>Runs the batches, some at once, begun in their order.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="cores">How many run at once.</param>
    /// <param name="run">What to do with one.</param>
    /// <param name="progress">Told after each batch how many texts are done, one call at a time.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    public static void Run(
        IReadOnlyList<int[]> batches,
        int cores,
        Action<int[]> run,
        IProgress<EncodeProgress>? progress,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        var (done, total) = (0, batches.Sum(batch => batch.Length));
        var gate = new Lock();
        if (batches.Count == 1 || cores == 1)
        {
            foreach (var batch in batches)
                Step(batch);
            return;
        }
        try
        {
            Parallel.ForEach(
                Partitioner.Create(batches, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = cores },
                Step
            );
        }
        catch (AggregateException error) // the caller is told what one thread would have told
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        void Step(int[] batch)
        {
            cancellation.ThrowIfCancellationRequested();
            run(batch);
            lock (gate)
                progress?.Report(new EncodeProgress(done += batch.Length, total));
        }
    }
}
