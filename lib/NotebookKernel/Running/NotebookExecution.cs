using System.Diagnostics;

namespace NotebookKernel;

/// <summary>Runs a notebook's cells in this process.</summary>
internal sealed class NotebookExecution(
    NotebookDocument notebook,
    string outputPath,
    TimeSpan cellTimeout,
    Action<RunnerMessage> report
)
{
    // nbclient's and nbconvert's tag.
    private const string MayFail = "raises-exception";

    private readonly NotebookCell[] cells = [.. notebook.RunnableCells()];
    private readonly List<(NotebookCell Cell, OutputRecorder Recorder)> recorders = [];

    /// <summary>Runs the cells up to the first that fails, and writes the executed notebook after each.</summary>
    /// <remarks>What a cell shows is on disk before the next begins, for that one may end the process.</remarks>
    /// <returns>Whether all cells ran.</returns>
    public async Task<bool> RunAsync()
    {
        notebook.ClearOutputs();
        notebook.Save(outputPath);
        var engine = new CellEngine(Environment.CurrentDirectory);
        var succeeded = true;
        for (var i = 0; i < cells.Length && succeeded; i++)
            succeeded = await RunAsync(engine, cells[i], i + 1).ConfigureAwait(false);
        return succeeded;
    }

    private async Task<bool> RunAsync(CellEngine engine, NotebookCell cell, int number)
    {
        report(new(new(number, cells.Length, cell.Id, CellState.Started, 0), null, false));
        var watch = Stopwatch.StartNew();
        var run = new CellRun(cellTimeout);
        var recorder = new OutputRecorder();
        recorders.Add((cell, recorder));
        var result = await engine
            .ExecuteAsync(cell.Source, number, recorder, run)
            .ConfigureAwait(false);
        var error = result.Interrupted ? TimedOut(cellTimeout) : result.Error;

        if (result.Value is { } value)
            recorder.Add(NotebookOutput.Result(value, number));
        if (error is not null)
            recorder.Add(NotebookOutput.Error(error));
        cell.ExecutionCount = number;
        Save();

        var failed = error is not null && !cell.Tags.Contains(MayFail);
        report(
            new(
                new(
                    number,
                    cells.Length,
                    cell.Id,
                    failed ? CellState.Failed : CellState.Succeeded,
                    watch.Elapsed.TotalSeconds
                ),
                failed ? new(number, cell.Id, error!.Name, error.Message, error.Trace) : null,
                false
            )
        );
        return !failed;
    }

    // All cells: a later cell may update what an earlier one shows, and threads left behind may still write.
    private void Save()
    {
        foreach (var (cell, recorder) in recorders)
            cell.Outputs = recorder.Outputs;
        notebook.Save(outputPath);
    }

    /// <summary>The error of a cell that was stopped because its time was over.</summary>
    public static CellError TimedOut(TimeSpan cellTimeout)
    {
        var message = FormattableString.Invariant(
            $"The cell ran longer than {cellTimeout.TotalSeconds} s and was stopped."
        );
        return new(nameof(TimeoutException), message, [message]);
    }
}
