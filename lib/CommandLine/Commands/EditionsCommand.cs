using System.CommandLine;
using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>The learners' notebooks from the masters, which have the solutions.</summary>
internal static class EditionsCommand
{
    /// <summary>The folder of the masters, beside the editions.</summary>
    public const string Masters = "solutions";

    private static readonly string[] Folders = ["notebooks", "notebooks/ko"];

    public static Command Create()
    {
        var check = new Option<bool>("--check")
        {
            Description =
                "Change nothing; fail, and name them, where editions are not those of their masters.",
        };
        var command = new ShellCommand(
            "editions",
            $"Make the learners' notebooks, in English and in Korean, from the masters in the folder {Masters} beside them: without the solutions, and run; and a worksheet of each to print, with its key. Those that are as they should be stay untouched.",
            "dotnet workbook.cs editions --check"
        )
        {
            check,
        };
        command.Does((call, cancellation) => RunAsync(call.GetValue(check), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(bool check, CancellationToken cancellation)
    {
        string[] masters =
        [
            .. Folders
                .Select(folder => Path.Combine(folder, Masters))
                .Where(Directory.Exists)
                .SelectMany(folder =>
                    Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)
                ),
        ];
        if (masters.Length == 0)
            throw new UsageException(
                $"no masters in {Path.GetFullPath(Path.Combine(Folders[0], Masters))}; run this in the workbook's folder"
            );
        var exercises = ExerciseBook.Read(Path.Combine(Folders[0], "exercises.json"));
        var stale = 0;
        foreach (var path in masters)
        {
            var folder = Path.GetDirectoryName(Path.GetDirectoryName(path)!)!;
            var target = Path.Combine(folder, Path.GetFileName(path));
            var master = NotebookDocument.Load(path);
            if (!WriteWorksheet(master, exercises, check))
                stale++;
            var edition = LearnersEdition.Of(master, target);
            if (
                File.Exists(target)
                && LearnersEdition.IsSame(edition, NotebookDocument.Load(target))
            )
                continue;
            stale++;
            if (check)
                Console.Error.WriteLine($"{target}: not the edition of {path}");
            else if (!await MakeAsync(edition, target, cancellation).ConfigureAwait(false))
                return 1;
        }
        Console.Error.WriteLine(
            stale == 0 ? "all editions are those of their masters"
            : check ? "`dotnet workbook.cs editions` makes them anew"
            : $"made {stale}"
        );
        return check && stale > 0 ? 1 : 0;
    }

    /// <summary>Where the worksheet of a master lies: beside the learner's edition, in a folder of its own.</summary>
    internal static string WorksheetOf(string master) =>
        Path.Combine(
            Path.GetDirectoryName(Path.GetDirectoryName(master)!)!,
            "worksheets",
            Path.ChangeExtension(Path.GetFileName(master), ".html")
        );

    /// <summary>Whether the worksheet was as it should be; writes it where not, or names it.</summary>
    private static bool WriteWorksheet(
        NotebookDocument master,
        IReadOnlyList<Exercise> exercises,
        bool check
    )
    {
        var target = WorksheetOf(master.Path);
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(master.Path))!;
        var text = Worksheet.Of(master, exercises, Path.GetFileName(folder) == "ko" ? "ko" : "en");
        if (File.Exists(target) && File.ReadAllText(target) == text)
            return true;
        if (check)
            Console.Error.WriteLine($"{target}: not the worksheet of {master.Path}");
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }
        return false;
    }

    /// <summary>Runs the edition beside the others, and puts it in its place only if every cell ran.</summary>
    private static async Task<bool> MakeAsync(
        NotebookDocument edition,
        string target,
        CancellationToken cancellation
    )
    {
        var draft = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}");
        try
        {
            edition.Save(draft);
            await using var runner = new NotebookRunner(new NotebookRunOptions());
            Console.Error.WriteLine($"running {target}");
            var result = await runner
                .RunAsync(draft, draft, cancellation: cancellation)
                .ConfigureAwait(false);
            foreach (var failure in result.Failures)
                Console.Error.WriteLine($"{target}: cell {failure.CellNumber}: {failure.Message}");
            if (result.Succeeded)
                File.Move(draft, target, overwrite: true);
            return result.Succeeded;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
