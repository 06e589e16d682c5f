using System.Diagnostics;

namespace NotebookKernel;

/// <summary>Runs notebooks without a client, each in a process of its own, so that nothing a cell does can hurt the caller.</summary>
public static class NotebookRunner
{
    // After this the process itself is stuck, in native code or with all its threads busy, and is killed.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    // What a timer can hold.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    /// <summary>Runs a notebook from top to bottom up to the first cell that fails, and writes the executed notebook.</summary>
    /// <param name="path">The notebook; its folder is the working directory.</param>
    /// <param name="outputPath">Where the executed notebook is written; it may be <paramref name="path"/> itself.</param>
    /// <param name="options">Timeout and environment.</param>
    /// <param name="progress">Told as cells begin and end.</param>
    /// <param name="cancellation">Kills the notebook's process with all that it started.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or longer than 24 days.</exception>
    /// <exception cref="FileNotFoundException">The notebook is missing.</exception>
    /// <exception cref="NotebookFormatException">The file is no notebook of format 4.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static async Task<NotebookResult> RunAsync(
        string path,
        string outputPath,
        NotebookRunOptions options,
        IProgress<CellProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.CellTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.CellTimeout, LongestTimeout);
        var cellCount = NotebookDocument.Load(path).RunnableCells().Count();
        outputPath = Path.GetFullPath(outputPath);
        Directory.CreateDirectory(Path.GetDirectoryName(outputPath)!);
        var watch = Stopwatch.StartNew();
        var failures = new List<CellFailure>();
        CellProgress? running = null;
        var cellsRun = 0;
        var done = false;
        var overdue = false;

        using var process = new NotebookProcess(Path.GetFullPath(path), outputPath, options);
        using var cancelled = cancellation.Register(process.Kill);
        using var deadline = new Timer(_ =>
        {
            overdue = true;
            process.Kill();
        });
        await foreach (var message in process.MessagesAsync().ConfigureAwait(false))
        {
            if (message.Failure is not null)
                failures.Add(message.Failure);
            done = message.Done;
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
        var (exitCode, errors) = await process.EndAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (!done)
        {
            var error = overdue
                ? NotebookExecution.TimedOut(options.CellTimeout)
                : Dead(running, exitCode, errors);
            failures.Add(
                new(
                    running?.CellNumber ?? 0,
                    running?.CellId ?? "",
                    error.Name,
                    error.Message,
                    error.Trace
                )
            );
            if (running is not null)
                AddError(outputPath, running, error);
        }
        return new(path, outputPath, cellsRun, cellCount, watch.Elapsed.TotalSeconds, failures);
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
}
