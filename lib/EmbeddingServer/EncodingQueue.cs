using System.Threading.Channels;
using SentenceTransformers;

namespace EmbeddingServer;

/// <summary>Gathers the texts of requests that arrive together into batches for the model ("dynamic batching").</summary>
/// <remarks>
/// Nothing waits for company: a lone text is encoded at once, and what arrives meanwhile is the next batch. So batches
/// grow by themselves when there is more to do than can be done.
/// </remarks>
internal sealed class EncodingQueue : IAsyncDisposable
{
    private readonly Channel<Request> channel = Channel.CreateUnbounded<Request>(
        new() { SingleReader = true }
    );
    private readonly SentenceTransformer model;
    private readonly EmbeddingServerOptions options;
    private readonly Task worker;
    private int waiting; // texts

    public EncodingQueue(SentenceTransformer model, EmbeddingServerOptions options)
    {
        (this.model, this.options) = (model, options);
        worker = Task
            .Factory.StartNew(
                WorkAsync,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .Unwrap();
    }

    /// <summary>Encodes texts, in their order; shape [texts][dimension].</summary>
    /// <exception cref="ApiException">Too many wait already.</exception>
    public async Task<float[][]> EncodeAsync(
        IReadOnlyList<string> texts,
        CancellationToken cancellation
    )
    {
        if (Interlocked.Add(ref waiting, texts.Count) > options.MaximumWaiting)
        {
            Interlocked.Add(ref waiting, -texts.Count);
            throw new ApiException(
                429,
                $"{options.MaximumWaiting:N0} texts are waiting already; try again"
            );
        }
        var request = new Request(texts, cancellation);
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
            var texts = 0;
            while (
                channel.Reader.TryPeek(out var next)
                && (batch.Count == 0 || texts + next.Texts.Count <= options.MaximumBatch)
                && channel.Reader.TryRead(out next)
            )
            {
                Interlocked.Add(ref waiting, -next.Texts.Count);
                if (next.Cancellation.IsCancellationRequested)
                    next.Answer.TrySetCanceled(next.Cancellation); // its client has gone
                else
                {
                    batch.Add(next);
                    texts += next.Texts.Count;
                }
            }
            Encode(batch);
        }
    }

    private void Encode(List<Request> batch)
    {
        try
        {
            var vectors = model.Encode(batch.SelectMany(request => request.Texts));
            var start = 0;
            foreach (var request in batch)
            {
                request.Answer.TrySetResult(vectors[start..(start + request.Texts.Count)]);
                start += request.Texts.Count;
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

    private sealed record Request(IReadOnlyList<string> Texts, CancellationToken Cancellation)
    {
        // The worker must not run what a client does with its answer.
        public TaskCompletionSource<float[][]> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
