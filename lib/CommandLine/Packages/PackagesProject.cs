using System.Security;
using System.Xml;
using System.Xml.Linq;

namespace Workbook.CommandLine;

/// <summary>lib/Workbook.Packages, which is built with what NuGet serves here, and the file that says what that is.</summary>
/// <param name="root">The workbook's folder.</param>
internal sealed class PackagesProject(string root)
{
    /// <summary>The packages with a part in the project, each after what it needs.</summary>
    public static readonly string[] Packages =
    [
        "Microsoft.ML.Tokenizers",
        "Plotly.NET",
        "Microsoft.DotNet.Interactive",
        "Plotly.NET.Interactive",
    ];

    /// <summary>The workbook's folder.</summary>
    public string Root => root;

    // Read by .build/workbook-packages.props.
    private string Choice => Path.Combine(root, "artifacts", "packages.props");

    /// <summary>The workbook that a file or folder lies in, or null.</summary>
    public static PackagesProject? Above(string path)
    {
        for (
            var folder = new DirectoryInfo(Path.GetFullPath(path));
            folder is not null;
            folder = folder.Parent
        )
            if (File.Exists(Path.Combine(folder.FullName, ".build", "workbook-packages.props")))
                return new(folder.FullName);
        return null;
    }

    /// <summary>The packages that were found when this was last asked; null where it never was.</summary>
    public string[]? Chosen()
    {
        try
        {
            return File.Exists(Choice)
                ? XDocument
                    .Load(Choice)
                    .Descendants("WorkbookPackages")
                    .SelectMany(list =>
                        list.Value.Split(';', StringSplitOptions.RemoveEmptyEntries)
                    )
                    .ToArray()
                : null;
        }
        catch (XmlException)
        {
            return null; // somebody's edit; it is found out anew
        }
    }

    /// <summary>Tries each of the packages, and writes down what was found.</summary>
    /// <param name="source">A folder or feed to look in besides the user's own sources; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<PackageAnswer>> ChooseAsync(
        string? source,
        CancellationToken cancellation
    )
    {
        var probe = new PackageProbe(root, source);
        var answers = new List<PackageAnswer>();
        foreach (var package in Packages)
            answers.Add(await probe.TryAsync(package, cancellation));
        Write(answers.Where(answer => answer.Reason is null).Select(answer => answer.Name), source);
        return answers;
    }

    /// <summary>Builds it; what does not build is no longer chosen.</summary>
    /// <returns>Null where it was built; otherwise the errors.</returns>
    public async Task<string[]?> BuildAsync(CancellationToken cancellation)
    {
        var errors = await DotnetProcess.RunAsync(
            root,
            cancellation,
            "build",
            Path.Combine("lib", "Workbook.Packages")
        );
        if (errors is not null)
            Write([], source: null);
        return errors;
    }

    private void Write(IEnumerable<string> packages, string? source)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Choice)!);
        File.WriteAllText(
            Choice,
            $"""
            <Project>
              <PropertyGroup>
                <WorkbookPackages Condition="'$(WorkbookPackages)' == ''">{string.Join(
                ';',
                packages
            )}</WorkbookPackages>
                {(
                source is null
                    ? ""
                    : $"<RestoreAdditionalProjectSources>{SecurityElement.Escape(source)}</RestoreAdditionalProjectSources>"
            )}
              </PropertyGroup>
            </Project>

            """
        );
    }
}
