using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using NotebookKernel;

namespace Grading;

/// <summary>Runs one submission, in a process that nobody else shares, and in a fresh one where a cell ends that.</summary>
/// <remarks>
/// A cell that was stopped, or ended the process, counts nothing and is left out when the rest runs again. So each
/// learner's cell costs one process at most, and what comes after it is graded all the same.
/// </remarks>
internal sealed class SubmissionRun(
    Sandbox sandbox,
    LessonShelf shelf,
    GradedLesson lesson,
    IReadOnlyList<Step> steps,
    GradeLimits limits
)
{
    private const string CompilationFailed = "CompilationErrorException";

    private static readonly TimeSpan ShortestTime = TimeSpan.FromSeconds(1);

    private readonly RunRecord record = new();
    private readonly HashSet<int> leftOut = [];
    private readonly Stopwatch watch = new();

    /// <summary>Runs it.</summary>
    public async Task<RunRecord> RunAsync(CancellationToken cancellation)
    {
        watch.Restart();
        while (
            Enumerable.Range(0, steps.Count).Any(IsOpen)
            && await AttemptAsync(cancellation).ConfigureAwait(false) is var (step, fault)
        )
        {
            if (watch.Elapsed >= limits.Notebook)
            {
                BlameRest(step, CellFault.NotebookTooLong(limits.Notebook));
                break;
            }
            // Where the lesson's own cell was interrupted, the last of the learner's had left something behind.
            var culprit = Enumerable
                .Range(0, step + 1)
                .LastOrDefault(i => steps[i].IsLearners && !leftOut.Contains(i), -1);
            if (culprit < 0)
            {
                record.LessonFault = fault.Told;
                break;
            }
            Blame(culprit, fault);
            leftOut.Add(culprit);
        }
        return record;
    }

    /// <summary>Runs the steps from the first to the last.</summary>
    /// <returns>The step at which the process ended, and why; null where it did not.</returns>
    private async Task<Interruption?> AttemptAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("workbook-grade-").FullName;
        try
        {
            await using var process = new CellProcess(sandbox, folder, lesson, limits);
            for (var i = 0; i < steps.Count && record.LessonFault is null; i++)
                if (!await RunStepAsync(process, i, cancellation).ConfigureAwait(false))
                    return new(i, process.Fault ?? CellFault.TooLong(limits.Cell));
            return null;
        }
        finally
        {
            Delete(folder);
        }
    }

    /// <summary>Runs a cell and asks for its answers.</summary>
    /// <returns>Whether the process is fit for the next.</returns>
    private async Task<bool> RunStepAsync(
        CellProcess process,
        int index,
        CancellationToken cancellation
    )
    {
        var step = steps[index];
        if (leftOut.Contains(index))
            return await RunStubAsync().ConfigureAwait(false);
        var reply = await RunAsync(process, step.Source, cancellation).ConfigureAwait(false);
        if (!IsFit(reply))
            return false;
        if (reply.ErrorName is not { } error)
        {
            foreach (var check in ChecksOf(step))
                if (!await AskAsync(process, check, cancellation).ConfigureAwait(false))
                    return false;
            return true;
        }
        if (!step.IsLearners)
        {
            if (!steps.Take(index).Any(before => before.IsLearners))
                record.LessonFault = new(
                    $"{step.CellId}: {reply.ErrorMessage}",
                    $"{step.CellId}: {reply.ErrorMessage}"
                );
            return true;
        }
        Blame(index, CellFault.Failed(error, reply.ErrorMessage));
        // What did not compile has declared nothing that later cells may name.
        return error != CompilationFailed || await RunStubAsync().ConfigureAwait(false);

        async Task<bool> RunStubAsync() =>
            step.Stub is null
            || IsFit(await RunAsync(process, step.Stub, cancellation).ConfigureAwait(false));
    }

    private async Task<bool> AskAsync(
        CellProcess process,
        AnswerCheck check,
        CancellationToken cancellation
    )
    {
        var reply = await RunAsync(process, check.Source, cancellation).ConfigureAwait(false);
        if (!IsFit(reply))
            return false;
        if (reply.ErrorName is { } error)
            Blame(check, CellFault.Failed(error, reply.ErrorMessage));
        foreach (var (exercise, answer) in reply.Answers)
            if (check.Exercises.Contains(exercise))
                record.Answers.TryAdd(exercise, answer);
        return true;
    }

    private Task<CellReply?> RunAsync(
        CellProcess process,
        string source,
        CancellationToken cancellation
    )
    {
        var left = limits.Notebook - watch.Elapsed;
        var time = left < limits.Cell ? left : limits.Cell;
        return process.RunAsync(source, time > ShortestTime ? time : ShortestTime, cancellation);
    }

    // What a cell that was stopped has left, a thread or a program, would go on beside all that comes after it.
    private static bool IsFit([NotNullWhen(true)] CellReply? reply) => reply is { TimedOut: false };

    private IEnumerable<AnswerCheck> ChecksOf(Step step) =>
        step.Check is not { } check
            ? []
            : check
                .Exercises.SelectMany(shelf.HiddenAfter)
                .Select(hidden => hidden.Check)
                .Prepend(check);

    // Nothing is run again for what is known already.
    private bool IsOpen(int step) =>
        !leftOut.Contains(step)
        && ChecksOf(steps[step])
            .SelectMany(check => check.Exercises)
            .Any(id => !record.Answers.ContainsKey(id) && !record.Faults.ContainsKey(id));

    private void Blame(int step, CellFault fault)
    {
        foreach (var check in ChecksOf(steps[step]))
            Blame(check, fault);
    }

    // The first fault is the one that the learner's own run shows.
    private void Blame(AnswerCheck check, CellFault fault)
    {
        foreach (var exercise in check.Exercises)
            record.Faults.TryAdd(exercise, fault);
    }

    private void BlameRest(int first, CellFault fault)
    {
        foreach (var check in steps.Skip(first).SelectMany(ChecksOf))
            if (!check.Exercises.All(record.Answers.ContainsKey))
                Blame(check, fault);
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A submission may have made it hard to delete; it lies among the temporary files.
        }
    }

    private sealed record Interruption(int Step, CellFault Fault);
}
