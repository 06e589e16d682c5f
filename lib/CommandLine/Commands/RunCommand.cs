using System.CommandLine;
using System.Globalization;
using NotebookKernel;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Executes notebooks headless and writes them down, executed and as pages.</summary>
internal static class RunCommand
{
    private const string Folder = "notebooks";

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("NOTEBOOK")
        {
            Description = "The notebooks to run; all of notebooks/ without.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the executed notebooks and the pages go.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine("artifacts", "notebooks"),
        };
        var model = new Option<string?>("--model", "-m")
        {
            Description =
                "The bi-encoder for the lessons that let one choose (Lesson.Model): a name from `models list`, a folder, or an id of the hub.",
            HelpName = "NAME, FOLDER or ID",
        };
        var command = new ShellCommand(
            "run",
            "Execute notebooks from top to bottom, none knowing of another, and write the executed .ipynb and an HTML page of each.",
            "dotnet workbook.cs run notebooks/00-start-here.ipynb"
        )
        {
            notebooks,
            output,
            model,
        };
        command.Does(
            (call, cancellation) =>
            {
                SetModel(call.GetValue(model));
                return RunAsync(call.GetValue(notebooks)!, call.GetValue(output)!, cancellation);
            }
        );
        return command;
    }

    // Found out before the first cell runs; a folder by its whole path, for a notebook runs in its own.
    private static void SetModel(string? name)
    {
        if (name is null)
            return;
        var folder = ModelManifest.Locate(name);
        var isName = ModelManifest.Models.Any(model => model.Name == name);
        Environment.SetEnvironmentVariable(
            Lesson.ModelVariable,
            isName ? name : Path.GetFullPath(folder)
        );
    }

    private static async Task<int> RunAsync(
        string[] named,
        string output,
        CancellationToken cancellation
    )
    {
        var paths = named.Length > 0 ? named : Lessons();
        if (paths.FirstOrDefault(path => !File.Exists(path)) is { } missing)
            throw new FileNotFoundException($"{missing}: no such file");
        if (
            paths
                .GroupBy(path => Executed(output, path))
                .FirstOrDefault(same => same.Count() > 1) is
            { } twice
        )
            throw new UsageException(
                $"{Path.GetFileName(twice.Key)} is named twice, and both would be written to one file in {output}"
            );

        CheckOutput(output, paths);
        var results = new List<NotebookResult>();
        var skipped = new List<(string Path, string Reason)>();
        await using var runner = new NotebookRunner(new NotebookRunOptions());
        foreach (var path in paths)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var executed = Executed(output, path);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(executed))!);
            if (await ReasonToSkipAsync(path, cancellation) is { } reason)
            {
                skipped.Add((path, reason));
                File.Copy(path, executed, overwrite: true); // as it was recorded
                WritePage(path, executed);
                continue;
            }
            results.Add(
                await RunOneAsync(runner, path, executed, new CellLine(name), cancellation)
            );
        }
        WriteTable(results, skipped);
        foreach (var result in results)
        foreach (var failure in result.Failures)
            WriteFailure(result.NotebookPath, failure);
        return results.All(result => result.Succeeded) ? 0 : 1;
    }

    /// <summary>Makes the folder, and refuses one in which a notebook would be overwritten by its executed copy.</summary>
    private static void CheckOutput(string output, string[] paths)
    {
        if (output.Length == 0)
            throw new UsageException("--output: expected a folder, found nothing");
        if (
            paths.FirstOrDefault(path =>
                Path.GetDirectoryName(Path.GetFullPath(path))
                == Path.GetFullPath(output).TrimEnd('/', '\\')
            ) is
            { } own
        )
            throw new UsageException(
                $"--output: {output} is the folder of {own}, which would be overwritten"
            );
        try
        {
            Directory.CreateDirectory(output);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output: {output} cannot be a folder: {error.Message}");
        }
    }

    // A file that is no notebook is the runner's to refuse.
    private static async Task<string?> ReasonToSkipAsync(
        string path,
        CancellationToken cancellation
    )
    {
        try
        {
            var notebook = NotebookDocument.Load(Path.GetFullPath(path));
            return await NotebookPackages.ReasonToSkipAsync(notebook, cancellation);
        }
        catch (NotebookFormatException)
        {
            return null;
        }
    }

    /// <summary>A file that is no notebook fails like a cell does, so that the others still run.</summary>
    private static async Task<NotebookResult> RunOneAsync(
        NotebookRunner runner,
        string path,
        string executed,
        CellLine progress,
        CancellationToken cancellation
    )
    {
        try
        {
            var result = await runner.RunAsync(path, executed, progress, cancellation);
            WritePage(path, executed);
            return result;
        }
        catch (NotebookFormatException error)
        {
            return new NotebookResult(
                path,
                executed,
                0,
                0,
                0,
                [new CellFailure(0, "", nameof(NotebookFormatException), error.Message, [])]
            );
        }
    }

    /// <summary>The lessons of the workbook in the order of their numbers, in English and then in Korean.</summary>
    private static string[] Lessons()
    {
        string[] lessons =
        [
            .. new[] { Folder, Path.Combine(Folder, "ko") }
                .Where(Directory.Exists)
                .SelectMany(folder =>
                    Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)
                ),
        ];
        return lessons.Length > 0
            ? lessons
            : throw new UsageException(
                $"no notebooks in {Path.GetFullPath(Folder)}; name them, or run this in the workbook's folder"
            );
    }

    /// <summary>Where an executed notebook is written: a lesson as deep below the output's folder as it lies below the lessons'.</summary>
    private static string Executed(string output, string path)
    {
        var below = Path.GetRelativePath(Folder, path);
        var isLesson = !Path.IsPathRooted(below) && below.Split('/', '\\')[0] != "..";
        return Path.Combine(output, isLesson ? below : Path.GetFileName(path));
    }

    private static void WritePage(string notebook, string executed)
    {
        using var page = new StreamWriter(Path.ChangeExtension(executed, ".html"))
        {
            NewLine = "\n",
        };
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(notebook)));
        var options = new NotebookPageOptions
        {
            Language = folder == "ko" ? "ko" : "en",
            ProseFolder = Path.GetDirectoryName(Path.GetFullPath(notebook)),
            PageFolder = Path.GetDirectoryName(Path.GetFullPath(executed)),
            Scripts = PlotlyScript.TryRead() is { } plotly ? [plotly] : [],
        };
        NotebookPage.Write(NotebookDocument.Load(executed), page, options);
    }

    private static void WriteTable(
        List<NotebookResult> results,
        List<(string Path, string Reason)> skipped
    )
    {
        var width = results
            .Select(result => result.NotebookPath)
            .Concat(skipped.Select(one => one.Path))
            .Max(path => path.Length);
        Console.Out.WriteLine($"{"notebook".PadRight(width)}  cells  seconds  ok");
        foreach (var result in results)
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{result.NotebookPath.PadRight(width)}  {result.CellsRun, 2}/{result.CellCount, 2}  {result.Seconds, 7:0.0}  {(result.Succeeded ? "yes" : "NO")}"
                )
            );
        foreach (var (path, reason) in skipped)
            Console.Out.WriteLine($"{path.PadRight(width)}  skipped: {reason}");
        if (results.FirstOrDefault(result => File.Exists(result.OutputPath)) is { } written)
            Console.Out.WriteLine(
                $"written to {Path.GetDirectoryName(Path.GetFullPath(written.OutputPath))}: the executed notebooks, and a page (.html) of each"
            );
    }

    private static void WriteFailure(string path, CellFailure failure)
    {
        var cell = failure.CellNumber == 0 ? "" : $" cell {failure.CellNumber} ({failure.CellId}):";
        Console.Error.WriteLine($"{path}:{cell} {failure.ErrorName}: {failure.Message}");
        foreach (var line in failure.Trace)
            Console.Error.WriteLine($"    {line}");
    }

    /// <summary>A line a notebook on a terminal, counting its cells; a line a notebook elsewhere.</summary>
    private sealed class CellLine(string name) : IProgress<CellProgress>
    {
        public void Report(CellProgress progress)
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write(
                    $"\r{name}: cell {progress.CellNumber} of {progress.CellCount}{(IsLast(progress) ? "\n" : "")}"
                );
            else if (progress is { CellNumber: 1, State: CellState.Started })
                Console.Error.WriteLine($"{name}: {progress.CellCount} cells");
        }

        private static bool IsLast(CellProgress progress) =>
            progress.State == CellState.Failed
            || progress.State == CellState.Succeeded && progress.CellNumber == progress.CellCount;
    }
}
