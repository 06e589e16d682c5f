using System.CommandLine;

namespace Workbook.CommandLine;

/// <summary>The lessons as a website that needs no server.</summary>
internal static class SiteCommand
{
    private const string Notebooks = "notebooks";

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "The site's folder; what it holds is replaced file by file.",
            HelpName = "DIR",
            DefaultValueFactory = _ => Path.Combine("artifacts", "site"),
        };
        var command = new ShellCommand(
            "site",
            "Write all lessons, in both languages, as pages that open from a disk: with search, figures and folded solutions. What the cells showed is what the notebooks hold; nothing is run.",
            "dotnet workbook.cs site --output artifacts/site"
        )
        {
            output,
        };
        command.Does((call, _) => Task.FromResult(Write(call.GetValue(output)!)));
        return command;
    }

    private static int Write(string output)
    {
        if (output.Length == 0 || File.Exists(output))
            throw new UsageException($"--output: '{output}' cannot be a folder");
        if (!Directory.Exists(Notebooks))
            throw new UsageException(
                $"no folder {Path.GetFullPath(Notebooks)}; run this in the workbook's folder"
            );
        var lessons = Site.Write(Notebooks, Path.GetFullPath(output));
        Console.Out.WriteLine(
            $"{lessons} lessons: open {Path.Combine(Path.GetFullPath(output), "index.html")}"
        );
        return 0;
    }
}
