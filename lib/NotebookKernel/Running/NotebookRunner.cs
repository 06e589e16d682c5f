using System.Diagnostics;

namespace NotebookKernel;

/// <summary>Runs notebooks without a client, in a process of their own, so that nothing a cell does can hurt the caller.</summary>
/// <remarks>
/// The process is warm after the first notebook and serves the next, which yet sees nothing of those before: it has its
/// own copies of the assemblies that it references, and console, folder, culture, environment and formatters are restored.
/// After a notebook that failed, or has left a gigabyte behind, comes a fresh one; so does a second try where the process of
/// several notebooks dies, for an earlier one may have caused it.
/// </remarks>
public sealed class NotebookRunner : IAsyncDisposable
{
    // After this the process itself is stuck, in native code or with all its threads busy, and is killed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    // What a timer can hold.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    private readonly NotebookRunOptions options;
    private NotebookProcess? process;

    /// <summary>Creates a runner; nothing is started yet.</summary>
    /// <param name="options">Timeout and environment of all that it runs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than 24 days.</exception>
    public NotebookRunner(NotebookRunOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.CellTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CellTimeout, LongestTimeout);
        this.options = options;
    }

    /// <summary>Runs a notebook from top to bottom up to the first cell that fails, and writes the executed notebook.</summary>
    /// <remarks>One at a time.</remarks>
    /// <param name="path">The notebook; its folder is the working directory.</param>
    /// <param name="outputPath">Where the executed notebook is written; it may be <paramref name="path"/> itself.</param>
    /// <param name="progress">Told as cells begin and end; from the first again where the notebook is tried again.</param>
    /// <param name="cancellation">Kills the notebook's process with all that it started.</param>
    /// <exception cref="FileNotFoundException">The notebook is missing.</exception>
    /// <exception cref="NotebookFormatException">The file is no notebook of format 4.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<NotebookResult> RunAsync(
        string path,
        string outputPath,
        IProgress<CellProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var cellCount = NotebookDocument.Load(path).RunnableCells().Count();
        outputPath = Path.GetFullPath(outputPath);
        Directory.CreateDirectory(Path.GetDirectoryName(outputPath)!);
        var job = new RunnerJob(Path.GetFullPath(path), outputPath);
        var watch = Stopwatch.StartNew();
        Attempt attempt;
        bool tryAgain;
        do
        {
            process ??= new(options);
            var shared = process.Notebooks > 0;
            attempt = await AttemptAsync(process, job, progress, cancellation)
                .ConfigureAwait(false);
            tryAgain = shared && attempt.Died;
        } while (tryAgain);
        return new(
            path,
            outputPath,
            attempt.CellsRun,
            cellCount,
            watch.Elapsed.TotalSeconds,
            attempt.Failures
        );
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await EndAsync(process).ConfigureAwait(false);
    }

    private async Task<Attempt> AttemptAsync(
        NotebookProcess process,
        RunnerJob job,
        IProgress<CellProgress>? progress,
        CancellationToken cancellation
    )
    {
        var failures = new List<CellFailure>();
        CellProgress? running = null;
        var cellsRun = 0;
        var done = false;
        var reusable = false;
        var overdue = false;

        using var cancelled = cancellation.Register(process.Kill);
        using var deadline = new Timer(_ =>
        {
            overdue = true;
            process.Kill();
        });
        process.Run(job);
        await foreach (var message in process.MessagesAsync().ConfigureAwait(false))
        {
            if (message.Failure is not null)
                failures.Add(message.Failure);
            (done, reusable) = (message.Done, message.Reusable);
            if (done)
                break;
            var step = message.Progress!;
            var started = step.State == CellState.Started;
            running = started ? step : null;
            cellsRun = step.CellNumber;
            var left = started ? options.CellTimeout + Grace : Timeout.InfiniteTimeSpan;
            deadline.Change(left, Timeout.InfiniteTimeSpan);
            progress?.Report(step);
        }
        if (!reusable || cancellation.IsCancellationRequested)
        {
            var (exitCode, errors) = await EndAsync(process).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (!done)
            {
                var error = overdue
                    ? NotebookExecution.TimedOut(options.CellTimeout)
                    : Dead(running, exitCode, errors);
                var (number, id) = (running?.CellNumber ?? 0, running?.CellId ?? "");
                failures.Add(new(number, id, error.Name, error.Message, error.Trace));
                if (running is not null)
                    AddError(job.OutputPath, running, error);
            }
        }
        return new(cellsRun, failures, !done && !overdue);
    }

    private async Task<(int ExitCode, string Errors)> EndAsync(NotebookProcess ending)
    {
        process = null;
        using (ending)
            return await ending.EndAsync().ConfigureAwait(false);
    }

    private static CellError Dead(CellProgress? running, int exitCode, string errors)
    {
        var reason = errors.Contains("Stack overflow", StringComparison.Ordinal)
            ? "stack overflow"
            : $"exit code {exitCode}";
        var message = running is not null
            ? $"Cell {running.CellNumber} ended the process ({reason})."
            : $"The notebook's process ended before its work was done ({reason}): {errors.Trim()}";
        return new("DeadKernelError", message, [message]);
    }

    // The process could not write down its own end. What the cells before had shown it has written.
    private static void AddError(string outputPath, CellProgress running, CellError error)
    {
        var notebook = NotebookDocument.Load(outputPath);
        var dead = notebook.Cells.Single(cell => cell.Id == running.CellId);
        dead.ExecutionCount = running.CellNumber;
        dead.Outputs = [NotebookOutput.Error(error)];
        notebook.Save(outputPath);
    }

    private sealed record Attempt(int CellsRun, IReadOnlyList<CellFailure> Failures, bool Died);
}
