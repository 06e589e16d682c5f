using System.Threading.Channels;

namespace EmbeddingServer;

/// <summary>Gathers what requests that arrive together ask for into batches for a model ("dynamic batching").</summary>
/// <remarks>
/// Nothing waits for company: a lone text goes through the model at once, and what arrives meanwhile is the next batch. So
/// batches grow by themselves when there is more to do than can be done.
/// </remarks>
/// <typeparam name="TItem">What goes in: a text, or a pair of texts.</typeparam>
/// <typeparam name="TResult">What the model makes of one.</typeparam>
internal sealed class BatchingQueue<TItem, TResult> : IAsyncDisposable
{
    private readonly Channel<Request> channel = Channel.CreateUnbounded<Request>(
        new() { SingleReader = true }
    );
    private readonly Func<IReadOnlyList<TItem>, TResult[]> run;
    private readonly EmbeddingServerOptions options;
    private readonly Task worker;
    private int waiting; // items

    /// <summary>Starts the one worker that uses the model.</summary>
    /// <param name="run">The model: a result for each item, in their order.</param>
    /// <param name="options">How many items may wait, and how many go together.</param>
    public BatchingQueue(Func<IReadOnlyList<TItem>, TResult[]> run, EmbeddingServerOptions options)
    {
        (this.run, this.options) = (run, options);
        worker = Task
            .Factory.StartNew(
                WorkAsync,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .Unwrap();
    }

    /// <summary>A result for each item, in their order.</summary>
    /// <exception cref="ApiException">Too many wait already.</exception>
    public async Task<TResult[]> RunAsync(
        IReadOnlyList<TItem> items,
        CancellationToken cancellation
    )
    {
        if (Interlocked.Add(ref waiting, items.Count) > options.MaximumWaiting)
        {
            Interlocked.Add(ref waiting, -items.Count);
            throw new ApiException(
                429,
                $"{options.MaximumWaiting:N0} texts or pairs are waiting already; try again"
            );
        }
        var request = new Request(items, cancellation);
        if (!channel.Writer.TryWrite(request))
            throw new ApiException(503, "the server is shutting down");
        return await request.Answer.Task.ConfigureAwait(false);
    }

    /// <summary>Takes nothing more, and waits until all that was taken is answered.</summary>
    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        await worker.ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        var batch = new List<Request>();
        while (await channel.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            var items = 0;
            while (
                channel.Reader.TryPeek(out var next)
                && (batch.Count == 0 || items + next.Items.Count <= options.MaximumBatch)
                && channel.Reader.TryRead(out next)
            )
            {
                Interlocked.Add(ref waiting, -next.Items.Count);
                if (next.Cancellation.IsCancellationRequested)
                    next.Answer.TrySetCanceled(next.Cancellation); // its client has gone
                else
                {
                    batch.Add(next);
                    items += next.Items.Count;
                }
            }
            Run(batch);
        }
    }

    private void Run(List<Request> batch)
    {
        try
        {
            var results = run([.. batch.SelectMany(request => request.Items)]);
            var start = 0;
            foreach (var request in batch)
            {
                request.Answer.TrySetResult(results[start..(start + request.Items.Count)]);
                start += request.Items.Count;
            }
        }
#pragma warning disable CA1031 // Whatever it is, those who wait must be told, and the next batch be served.
        catch (Exception error)
#pragma warning restore CA1031
        {
            foreach (var request in batch)
                request.Answer.TrySetException(new ApiException(500, error.Message));
        }
    }

    private sealed record Request(IReadOnlyList<TItem> Items, CancellationToken Cancellation)
    {
        // The worker must not run what a client does with its answer.
        public TaskCompletionSource<TResult[]> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
