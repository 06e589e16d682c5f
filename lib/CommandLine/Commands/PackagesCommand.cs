using System.CommandLine;
using System.Xml.Linq;

namespace Workbook.CommandLine;

/// <summary>Finds packages that the workbook works with and does not need, and builds what works with them.</summary>
internal static class PackagesCommand
{
    private const string OnnxRuntime = "Microsoft.ML.OnnxRuntime";

    private static readonly Dictionary<string, string> Purposes = new()
    {
        [OnnxRuntime] = "runs the models",
        ["Microsoft.ML.Tokenizers"] = "a tokenizer to compare ours with, or to put in its place",
        ["Plotly.NET"] = "charts: figures to and from them",
        ["Microsoft.DotNet.Interactive"] = "an extension for .NET Interactive's kernels",
        ["Plotly.NET.Interactive"] = "shows other charts than heatmaps in .NET Interactive",
    };

    public static Command Create()
    {
        var source = new Option<string?>("--source")
        {
            Description = "A folder with packages, or a feed, besides your own NuGet sources.",
            HelpName = "DIR",
        };
        var command = new ShellCommand(
            "packages",
            "Find out which packages NuGet serves that the workbook can work with but does not need, and build lib/Workbook.Packages with them.",
            "dotnet workbook.cs packages"
        )
        {
            source,
        };
        command.Does((call, cancellation) => RunAsync(call.GetValue(source), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? source, CancellationToken cancellation)
    {
        var root = Environment.CurrentDirectory;
        var project =
            PackagesProject.Above(root)
            ?? throw new UsageException(
                $"no .build/workbook-packages.props in {root} or above; run this in the workbook's folder"
            );
        if (source is not null)
            source = CheckSource(source);
        Console.Error.WriteLine("asking NuGet for the packages");
        var runtime = await new PackageProbe(project.Root, source).TryAsync(
            OnnxRuntime,
            cancellation
        );
        var answers = await project.ChooseAsync(source, cancellation);
        WriteTable([runtime, .. answers], RuntimeInUse(project.Root));
        return await BuildAsync(project, answers, cancellation);
    }

    private static async Task<int> BuildAsync(
        PackagesProject project,
        IReadOnlyList<PackageAnswer> answers,
        CancellationToken cancellation
    )
    {
        var found = answers.Where(answer => answer.Reason is null).ToArray();
        if (found.Length == 0)
        {
            Console.Error.WriteLine(
                "lib/Workbook.Packages: nothing to build; nothing else needs it"
            );
            return 0;
        }
        Console.Error.WriteLine("building lib/Workbook.Packages");
        if (await project.BuildAsync(cancellation) is not { } errors)
        {
            Console.Error.WriteLine(
                "lib/Workbook.Packages is built; `run` executes notebooks/appendix-packages.ipynb with it, and `test` its tests"
            );
            return 0;
        }
        foreach (var error in errors)
            Console.Error.WriteLine(error);
        Console.Error.WriteLine(
            "lib/Workbook.Packages does not build with these versions, and stays off"
        );
        return 1;
    }

    private static string CheckSource(string source) =>
        source.Contains("://", StringComparison.Ordinal) ? source
        : Directory.Exists(source) ? Path.GetFullPath(source)
        : throw new UsageException($"--source: {source}: no such folder");

    // Chosen by workbook.cs; a build may say otherwise, with -p:OnnxRuntimeSource=.
    private static string? RuntimeInUse(string root)
    {
        var choice = Path.Combine(root, "artifacts", "onnxruntime.props");
        return File.Exists(choice)
            ? XDocument.Load(choice).Descendants("OnnxRuntimeSource").FirstOrDefault()?.Value
            : null;
    }

    private static void WriteTable(IReadOnlyList<PackageAnswer> answers, string? runtimeInUse)
    {
        string[][] rows =
        [
            ["package", "version", "from", "what for, or why not"],
            .. answers.Select(answer =>
                new[]
                {
                    answer.Name,
                    answer.Version ?? "-",
                    answer.Source ?? "-",
                    answer.Reason ?? Purposes[answer.Name],
                }
            ),
        ];
        if (runtimeInUse is not null)
            rows[1][3] += $" (in use: the one from {runtimeInUse})";
        var widths = Enumerable.Range(0, 3).Select(i => rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in rows)
            Console.Out.WriteLine(
                string.Concat(row[..3].Zip(widths, (cell, width) => cell.PadRight(width + 2)))
                    + row[3]
            );
    }
}
