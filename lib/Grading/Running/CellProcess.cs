using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using NotebookKernel;

namespace Grading;

/// <summary>A process that runs cells, seen from the one that watches it: nothing that it does or writes is trusted.</summary>
internal sealed class CellProcess : IAsyncDisposable
{
    private const int LongestLine = 1 << 20;
    private const int KeptErrorCharacters = 4096;

    // After its time a cell is stopped within its process; after this, with its process.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(200);

    // How long the streams of an ended process are read: a program that a cell started may keep them open for ever.
    private static readonly TimeSpan Leftover = TimeSpan.FromSeconds(1);

    private readonly Process process;
    private readonly bool isNamespace;
    private readonly GradeLimits limits;
    private readonly Channel<CellReply> replies = Channel.CreateUnbounded<CellReply>();
    private readonly StringBuilder errors = new();
    private readonly Task[] reading;
    private readonly Task ended;
    private readonly CancellationTokenSource over = new();
    private CellFault? killedFor;
    private int number;

    /// <summary>Starts it.</summary>
    /// <param name="sandbox">Where.</param>
    /// <param name="folder">An empty folder of its own.</param>
    /// <param name="lesson">The lesson.</param>
    /// <param name="limits">What it may use.</param>
    public CellProcess(Sandbox sandbox, string folder, GradedLesson lesson, GradeLimits limits)
    {
        isNamespace = sandbox.Isolation == Isolation.Full;
        this.limits = limits;
        process = Process.Start(sandbox.RunCells(folder, lesson, limits))!;
        reading = [OnOwnThread(ReadReplies), OnOwnThread(ReadErrors)];
        ended = EndedAsync();
        _ = OnOwnThread(Watch);
    }

    /// <summary>Why the process is no more; known once a cell has got no reply.</summary>
    public CellFault? Fault { get; private set; }

    /// <summary>Runs a cell.</summary>
    /// <param name="source">The code.</param>
    /// <param name="time">How long it may run.</param>
    /// <param name="cancellation">Gives up waiting; the process is not killed by it.</param>
    /// <returns>How it ended; null where the process did.</returns>
    public async Task<CellReply?> RunAsync(
        string source,
        TimeSpan time,
        CancellationToken cancellation
    )
    {
        number++;
        var request = new CellRequest(number, source, time.TotalSeconds);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(time + Grace);
        try
        {
            await process
                .StandardInput.BaseStream.WriteAsync(
                    Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request) + "\n"),
                    deadline.Token
                )
                .ConfigureAwait(false);
            await process.StandardInput.BaseStream.FlushAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // It has ended, or does not read; whoever waits for its reply sees that.
        }
        try
        {
            while (
                await ReplyAsync(deadline.Token).ConfigureAwait(false) is { } reply
                && killedFor is null
            )
                if (reply.Number == number)
                    return reply;
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            Kill(CellFault.TooLong(time));
        }
        Fault = await EndAsync().ConfigureAwait(false);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill(null);
        await EndAsync().ConfigureAwait(false);
        process.Dispose();
        over.Dispose();
    }

    private async Task<CellReply?> ReplyAsync(CancellationToken cancellation)
    {
        var reply = replies.Reader.WaitToReadAsync(cancellation).AsTask();
        // What it wrote last is read before its end counts.
        await Task.WhenAny(reply, ended).ConfigureAwait(false);
        return (!ended.IsCompleted || reply.IsCompleted) && await reply.ConfigureAwait(false)
            ? await replies.Reader.ReadAsync(cancellation).ConfigureAwait(false)
            : null;
    }

    private async Task EndedAsync()
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(reading), Task.Delay(Leftover)).ConfigureAwait(false);
    }

    private async Task<CellFault> EndAsync()
    {
        if (await Task.WhenAny(ended, Task.Delay(Grace)).ConfigureAwait(false) != ended)
            Kill(killedFor);
        await ended.ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        lock (errors)
            // Telling it takes long: the process may have been killed for that.
            return errors.ToString().Contains("Stack overflow", StringComparison.Ordinal)
                ? CellFault.Ended("stack overflow")
                : killedFor
                    ?? CellFault.Ended(
                        FormattableString.Invariant($"exit code {process.ExitCode}")
                    );
    }

    private void Kill(CellFault? why)
    {
        killedFor ??= why;
        try
        {
            // A namespace ends with its first process. To look for all of them would take long, and be no match for a fork bomb.
            process.Kill(entireProcessTree: !isNamespace);
        }
        catch (Exception error)
            when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself, or some of what it started has.
        }
    }

    // Lines that are too long, and those that are no replies, are passed over; without an end of them the process is killed.
    private void ReadReplies()
    {
        var line = new ArrayBufferWriter<byte>();
        var isTooLong = false;
        var total = 0L;
        Read(
            process.StandardOutput.BaseStream,
            read =>
            {
                if ((total += read.Length) > GradeLimits.StreamBytes)
                    Kill(CellFault.TooMuchOutput);
                foreach (var value in read)
                {
                    if (value != (byte)'\n')
                    {
                        isTooLong |= line.WrittenCount == LongestLine;
                        if (!isTooLong)
                            line.Write([value]);
                        continue;
                    }
                    if (!isTooLong && CellReply.Parse(line.WrittenSpan) is { } reply)
                        replies.Writer.TryWrite(reply);
                    line.ResetWrittenCount();
                    isTooLong = false;
                }
            }
        );
        replies.Writer.TryComplete();
    }

    // To its end, whatever that takes: a stack overflow is told in a hundred megabytes.
    private void ReadErrors() =>
        Read(
            process.StandardError.BaseStream,
            read =>
            {
                var text = Encoding.UTF8.GetString(read);
                lock (errors)
                    errors.Append(
                        text,
                        0,
                        Math.Min(text.Length, KeptErrorCharacters - errors.Length)
                    );
            }
        );

    private static void Read(Stream stream, Action<byte[]> take)
    {
        var buffer = new byte[1 << 14];
        int count;
        while ((count = stream.Read(buffer)) > 0)
            take(buffer[..count]);
    }

    private void Watch()
    {
        try
        {
            while (!process.HasExited && !over.Token.WaitHandle.WaitOne(WatchEvery))
            {
                var (count, bytes) = ProcessTree.Measure(process);
                if (bytes > limits.MemoryBytes)
                    Kill(CellFault.TooMuchMemory(limits.MemoryBytes));
                if (count > GradeLimits.Processes)
                    Kill(CellFault.TooManyProcesses);
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException)
        {
            // It is over.
        }
    }

    // On threads of their own: what waits on the pool's may wait long, and a watch that waits is none.
    private static Task OnOwnThread(Action work) =>
        Task.Factory.StartNew(
            work,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
