using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Grading;

namespace Workbook.CommandLine;

/// <summary>Grades what learners hand in.</summary>
internal static class GradeCommand
{
    // What a teacher sees at once; the rest is in the files.
    private const int ShownMisconceptions = 5;

    public static Command Create()
    {
        var paths = new Argument<string[]>("SUBMISSIONS")
        {
            Description =
                "Notebooks, and folders of them: a file named after its learner, or a folder a learner.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description =
                "The table of marks, .csv or .json: both are written, with a page for the class (.html) and, in the folder of the same name, one a learner.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "grades.csv",
        };
        var hidden = new Option<string?>("--hidden")
        {
            Description =
                "Exercises of your own, in the form of notebooks/exercises.json: with the id of one there, other answers to it; with another id, \"after\" (an id there) and \"expression\" (C# over what the learner has left), a check that learners do not see.",
            HelpName = "FILE",
        };
        var timeout = Seconds("--timeout", 600, "How long a notebook may run.");
        var cellTimeout = Seconds("--cell-timeout", 60, "How long one of its cells may run.");
        var memory = new Option<int>("--memory")
        {
            Description = "How much memory a notebook may use, in MB.",
            HelpName = "MB",
            DefaultValueFactory = _ => 2048,
        };
        memory.Validators.Add(result => AtLeast(result, 256));
        var command = new ShellCommand(
            "grade",
            "Grade notebooks that learners hand in: each is put back into the lesson as it was given, runs in a process of its own, and is compared with answers that this process never sees. On Linux with user namespaces it has no network, reads only what lessons need and writes nothing but a few megabytes in memory; elsewhere, and the command says so, only time, memory and output are limited: grade there only what you would run yourself.",
            "dotnet workbook.cs grade submissions --output grades.csv"
        )
        {
            paths,
            output,
            hidden,
            timeout,
            cellTimeout,
            memory,
        };
        command.Does(
            (call, cancellation) =>
                RunAsync(
                    call.GetValue(paths)!,
                    call.GetValue(output)!,
                    call.GetValue(hidden),
                    new(
                        TimeSpan.FromSeconds(call.GetValue(timeout)),
                        TimeSpan.FromSeconds(call.GetValue(cellTimeout)),
                        (long)call.GetValue(memory) << 20
                    ),
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string[] paths,
        string output,
        string? hidden,
        GradeLimits limits,
        CancellationToken cancellation
    )
    {
        OutputFile.Check("--output", output, ".csv", ".json");
        var shelf = Shelf(hidden);
        var submissions = new SubmissionFinder(shelf).Find(paths);
        var files = new ReportFiles(output);
        Check(files);
        var sandbox = Sandbox.Best(shelf.Repository);
        Console.Error.WriteLine(Protection.Of(sandbox.Isolation).En);
        var grader = new Grader(shelf, sandbox, limits);
        // All of them before the first runs, which might change the others where files cannot be protected.
        ReadSubmission[] read = [.. submissions.Select(grader.Read)];
        var graded = new List<GradedSubmission>();
        try
        {
            foreach (var submission in read)
            {
                var watch = Stopwatch.StartNew();
                graded.Add(await grader.GradeAsync(submission, cancellation).ConfigureAwait(false));
                WriteLine(graded[^1], graded.Count, read.Length, watch.Elapsed);
            }
        }
        finally
        {
            files.Write(graded, sandbox.Isolation); // also what was done before an interruption
        }
        WriteMisconceptions(graded);
        Console.Error.WriteLine($"{files.Csv}, {files.Json}, {files.Page}, {files.Folder}/");
        return graded
            .SelectMany(one => one.Marks)
            .Any(mark => mark.Outcome == GradeOutcome.NotGraded)
            ? 1
            : 0;
    }

    // Before the work and not after it: a spreadsheet may hold the table open.
    private static void Check(ReportFiles files)
    {
        try
        {
            files.Check();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output: {error.Message}");
        }
    }

    private static LessonShelf Shelf(string? hidden)
    {
        if (hidden is not null && !File.Exists(hidden))
            throw new UsageException($"--hidden: {hidden}: no such file");
        var masters = Path.Combine("notebooks", "solutions");
        if (!Directory.Exists(masters))
            throw new UsageException(
                $"no masters in {Path.GetFullPath(masters)}; run this in the workbook's folder"
            );
        try
        {
            return new LessonShelf(Environment.CurrentDirectory, hidden);
        }
        catch (InvalidDataException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static void WriteLine(GradedSubmission one, int number, int count, TimeSpan time)
    {
        var told =
            one.Lesson is null || one.Marks.Count == 0
                ? one.Notes[0].En
                : FormattableString.Invariant(
                    $"{one.Lesson.Name}  {one.Points:0.##} of {one.Of:0.##}  {string.Join(", ", one.Marks.Select(Told))}  {time.TotalSeconds:0.0} s{string.Concat(one.Notes.Select(note => $"  {note.En}"))}"
                );
        Console.Error.WriteLine(
            $"[{number}/{count}] {Plain(one.Submission.Learner)}  {Plain(told)}"
        );
    }

    private static string Told(Mark mark) =>
        $"{mark.Exercise} {OutcomeName.Of(mark.Outcome).En}"
        + (mark is { Outcome: GradeOutcome.NotGraded, Told: { } told } ? $" ({told.En})" : "");

    // A file's name may hold what moves a terminal's cursor.
    private static string Plain(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static void WriteMisconceptions(IReadOnlyList<GradedSubmission> graded)
    {
        foreach (var one in Misconception.Of(graded).Take(ShownMisconceptions))
            Console.Error.WriteLine(
                Plain(
                    $"{one.Exercise}: {one.Learners.Count} x {one.Told?.En ?? "the same wrong answer"} ({one.Answer})"
                )
            );
    }

    private static Option<double> Seconds(string name, double value, string description)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            HelpName = "SECONDS",
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result => AtLeast(result, 1));
        return option;
    }

    private static void AtLeast(OptionResult result, double least)
    {
        if (
            result.Tokens is [{ Value: var text }]
            && double.TryParse(text, CultureInfo.InvariantCulture, out var value)
            && !(value >= least && value <= int.MaxValue / 1000)
        )
            result.AddError(
                FormattableString.Invariant(
                    $"{result.Option.Name}: expected a number of at least {least}, found {text}"
                )
            );
    }
}
