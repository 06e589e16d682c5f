using System.Runtime.CompilerServices;

namespace SentenceTransformers;

public sealed partial class SentenceTransformer
{
    // Enough texts that sorting them by length leaves next to no padding, few enough to forget their memory.
    private const int StreamWindow = 4096;

    /// <summary>Encodes texts as they come, in their order; a million of them never lie in memory, only some thousands at once.</summary>
    /// <param name="texts">The texts, read as their vectors are asked for.</param>
    /// <param name="options">As for <see cref="Encode(IEnumerable{string}, EncodeOptions?, CancellationToken)"/>; progress counts as total what has been read.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <inheritdoc cref="Encode(IEnumerable{string}, EncodeOptions?, CancellationToken)"/>
    /// <returns>A vector for each text; shape [dimension] each.</returns>
    public IEnumerable<float[]> EncodeStream(
        IEnumerable<string> texts,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new EncodeOptions();
        Check(options);
        return texts
            .Chunk(StreamWindow)
            .SelectMany((window, i) => EncodeWindow(window, i, options, cancellation));
    }

    /// <inheritdoc cref="EncodeStream(IEnumerable{string}, EncodeOptions?, CancellationToken)"/>
    public IAsyncEnumerable<float[]> EncodeStream(
        IAsyncEnumerable<string> texts,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new EncodeOptions();
        Check(options);
        return Windows(cancellation);

        async IAsyncEnumerable<float[]> Windows([EnumeratorCancellation] CancellationToken stop)
        {
            var index = 0;
            await foreach (
                var window in texts.Chunk(StreamWindow).WithCancellation(stop).ConfigureAwait(false)
            )
            {
                var number = index++;
                foreach (
                    var vector in await Task.Run(
                            () => EncodeWindow(window, number, options, stop),
                            stop
                        )
                        .ConfigureAwait(false)
                )
                    yield return vector;
            }
        }
    }

    private float[][] EncodeWindow(
        string[] window,
        int index,
        EncodeOptions options,
        CancellationToken cancellation
    )
    {
        var first = index * StreamWindow;
        var progress = options.Progress is { } told ? new LaterProgress(told, first) : null;
        return Encode(window, first, options with { Progress = progress }, cancellation);
    }

    private sealed class LaterProgress(IProgress<EncodeProgress> told, int first)
        : IProgress<EncodeProgress>
    {
        public void Report(EncodeProgress value) =>
            told.Report(new EncodeProgress(first + value.Done, first + value.Total));
    }
}
