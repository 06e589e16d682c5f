using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NotebookKernel;

/// <summary>Runs one cell's code, and all that its awaits resume, on threads of its own that can be stopped.</summary>
/// <remarks>
/// An interrupt stops loops of cells at their next checkpoint (<see cref="CellCheckpoint"/>), ends blocking waits
/// (<see cref="Thread.Interrupt"/>), drops what awaits would have resumed and cancels <see cref="Token"/>. A library's
/// own loops cannot be stopped within the process: the cell ends, and they go on. ControlledExecution would abort them,
/// but on Linux (.NET 10) aborting anything but the plainest loop ends the process now and then, by signal 6 or 11.
/// Several threads serve one cell: with one alone, <c>.Result</c> in a cell would wait for ever.
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The token source has no timer, and an interrupt may come late."
)]
internal sealed class CellRun : SynchronizationContext
{
    // Deep recursion is a lesson's favourite mistake; it deserves more room than a thread usually has.
    private const int StackBytes = 16 << 20;

    // How long code may take to come to its end before the cell is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TimeSpan timeout;
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource stopped = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private readonly HashSet<Thread> busy = [];
    private int idle;
    private bool over;

    /// <summary>A run that goes on until it ends or is interrupted.</summary>
    public CellRun()
        : this(Timeout.InfiniteTimeSpan) { }

    /// <summary>A run that interrupts itself.</summary>
    /// <param name="timeout">How long the code may run; compiling it does not count.</param>
    public CellRun(TimeSpan timeout) => this.timeout = timeout;

    /// <summary>Cancelled by an interrupt.</summary>
    public CancellationToken Token => cancellation.Token;

    /// <summary>Whether the cell was told to stop.</summary>
    public bool Interrupted { get; private set; }

    /// <summary>Whether some of its code could not be stopped; known when <see cref="RunAsync"/> has ended.</summary>
    public bool LeftBehind { get; private set; }

    /// <summary>Stops the cell; returns at once.</summary>
    public void Interrupt()
    {
        lock (queue)
        {
            if (Interrupted || over)
                return;
            Interrupted = true;
        }
        cancellation.Cancel();
        CellCheckpoint.Arm();
        // Not on the pool: the cell may keep all its threads busy.
        new Thread(WakeUntilIdle) { IsBackground = true }.Start();
    }

    /// <summary>Runs the code to its end.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> cell)
    {
        var started = new TaskCompletionSource<Task<T>>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        using var timer = new Timer(_ => Interrupt(), null, timeout, Timeout.InfiniteTimeSpan);
        Post(_ => Start(cell, started), null);
        try
        {
            var task = await Unless(started.Task).ConfigureAwait(false);
            return await Unless(task).ConfigureAwait(false);
        }
        catch (Exception error) when (Interrupted && error is not OperationCanceledException)
        {
            throw new OperationCanceledException("interrupted", error);
        }
        finally
        {
            lock (queue)
            {
                over = true;
                Monitor.PulseAll(queue);
            }
        }
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            Enqueue(d, state);
        }
        catch (ThreadInterruptedException) when (Interrupted)
        {
            // It hit the lock itself. What an await throws here would end the process.
        }
    }

    private void Enqueue(SendOrPostCallback callback, object? state)
    {
        lock (queue)
        {
            if (Interrupted)
                return;
            queue.Enqueue((callback, state));
            // A thread that was woken and has not yet come counts as idle, and so does its work as queued.
            if (queue.Count <= idle)
                Monitor.Pulse(queue);
            else
                new Thread(Serve, StackBytes) { IsBackground = true, Name = "cell" }.Start();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A cell may throw anything.")]
    private static void Start<T>(Func<Task<T>> cell, TaskCompletionSource<Task<T>> started)
    {
        try
        {
            started.SetResult(cell());
        }
        catch (Exception error)
        {
            started.TrySetException(error);
        }
    }

    private async Task<T> Unless<T>(Task<T> task)
    {
        if (await Task.WhenAny(task, stopped.Task).ConfigureAwait(false) == task)
            return await task.ConfigureAwait(false);
        // Nobody will look at the abandoned task's error.
        _ = task.ContinueWith(
            abandoned => abandoned.Exception,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
        throw new OperationCanceledException("interrupted");
    }

    private void WakeUntilIdle()
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            lock (queue)
            {
                if (busy.Count == 0)
                    break;
                foreach (var thread in busy)
                    thread.Interrupt();
            }
            Thread.Sleep(Pause);
        }
        lock (queue)
            LeftBehind = busy.Count > 0;
        stopped.TrySetResult();
        CellCheckpoint.Disarm();
    }

    private void Serve()
    {
        SetSynchronizationContext(this);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            while (Next() is { } work)
                Run(work.Callback, work.State);
        }
        catch (ThreadInterruptedException)
        {
            // An interrupt that came a moment after its code had ended.
        }
        Leave();
    }

    // The waker may interrupt this thread up to the moment when it is no longer busy.
    private void Leave()
    {
        while (true)
        {
            try
            {
                lock (queue)
                    busy.Remove(Thread.CurrentThread);
                return;
            }
            catch (ThreadInterruptedException) { }
        }
    }

    private (SendOrPostCallback Callback, object? State)? Next()
    {
        lock (queue)
        {
            busy.Remove(Thread.CurrentThread);
            while (queue.Count == 0)
            {
                if (over)
                    return null;
                idle++;
                try
                {
                    Monitor.Wait(queue);
                }
                finally
                {
                    idle--;
                }
            }
            busy.Add(Thread.CurrentThread);
            return queue.Dequeue();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "An async void must not end the kernel.")]
    private void Run(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception error)
        {
            if (!Interrupted)
                Console.Error.WriteLine(error);
        }
    }
}
