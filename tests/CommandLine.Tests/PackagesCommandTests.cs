using System.IO.Compression;

namespace Workbook.CommandLine.Tests;

/// <summary>The command packages, and notebooks that need some, in a workbook of their own whose only source is a folder.</summary>
public sealed class PackagesCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PackagesCommandTests()
    {
        folder.Copy(
            Path.Combine(Goldens.Repository, "Directory.Packages.props"),
            "Directory.Packages.props"
        );
        // Packages go into a folder of the test's own; this property counts before NUGET_PACKAGES, which a build server may set.
        folder.Write(
            "Directory.Build.props",
            File.ReadAllText(Path.Combine(Goldens.Repository, "Directory.Build.props"))
                .Replace(
                    "</Project>",
                    "<PropertyGroup><RestorePackagesPath>$(MSBuildThisFileDirectory)global</RestorePackagesPath></PropertyGroup></Project>",
                    StringComparison.Ordinal
                )
        );
        folder.Write(".build/workbook-packages.props", "<Project />");
        folder.Write(
            "NuGet.config",
            """
            <configuration>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
            </configuration>
            """
        );
        Directory.CreateDirectory(folder["feed"]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_any_of_them_the_table_gives_the_reasons_and_all_is_well()
    {
        var result = Run("packages");
        Assert.True(result.Code == 0, result.Error);
        Assert.Equal(6, result.Lines.Length);
        Assert.Matches("^package +version +from +what for, or why not$", result.Lines[0]);
        string[] names =
        [
            "Microsoft.ML.OnnxRuntime",
            "Microsoft.ML.Tokenizers",
            "Plotly.NET",
            "Microsoft.DotNet.Interactive",
            "Plotly.NET.Interactive",
        ];
        foreach (var (name, line) in names.Zip(result.Lines[1..]))
            Assert.Matches($"^{name} +- +- +NU1101: Unable to find package {name}", line);
        Assert.Contains("nothing to build", result.Error, StringComparison.Ordinal);
        Assert.Empty(new PackagesProject(folder.Path).Chosen()!); // off, and known to be
    }

    [Fact]
    public async Task What_is_served_is_named_with_its_version_and_where_it_came_from()
    {
        WritePackage("Plotly.NET", "9.9.9");
        var answers = await new PackagesProject(folder.Path).ChooseAsync(null, default);
        Assert.Equal(
            new PackageAnswer("Plotly.NET", "9.9.9", folder["feed"], null),
            answers.Single(answer => answer.Reason is null)
        );
        Assert.Equal(["Plotly.NET"], new PackagesProject(folder.Path).Chosen()!);
    }

    [Fact]
    public async Task A_package_that_does_not_go_with_those_before_it_is_left_out()
    {
        WritePackage("Plotly.NET", "6.0.0");
        WritePackage("Plotly.NET.Interactive", "5.0.0", ("Plotly.NET", "[5.0.0, 6.0.0)"));
        var answers = await new PackagesProject(folder.Path).ChooseAsync(null, default);
        Assert.Equal(["Plotly.NET"], new PackagesProject(folder.Path).Chosen()!);
        Assert.StartsWith("NU1", answers[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_may_be_given_besides_the_user_s_sources()
    {
        Run("packages --source nowhere").AssertRefused(2, "--source: nowhere: no such folder");
        var elsewhere = Path.Combine(folder.Path, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        WritePackage("Plotly.NET", "9.9.9", into: "elsewhere");
        var result = Run("packages --source elsewhere");
        Assert.Matches("Plotly.NET +9.9.9 +", result.Output);
        // An empty package builds nothing: that is said, and the part stays off.
        Assert.Equal(1, result.Code);
        Assert.Contains("does not build", result.Error, StringComparison.Ordinal);
        Assert.Empty(new PackagesProject(folder.Path).Chosen()!);
    }

    [Fact]
    public void Outside_of_a_workbook_it_says_where_to_run_it()
    {
        using var other = new TemporaryFolder();
        Shell
            .Run("packages", folder: other.Path)
            .AssertRefused(2, "run this in the workbook's folder");
    }

    [Fact]
    public void A_notebook_whose_packages_are_not_served_is_skipped_with_the_reason()
    {
        folder.Write(
            "notebooks/needs.ipynb",
            """
            {"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1, "source": "throw new Exception();",
              "outputs": [{"output_type": "stream", "name": "stdout", "text": "as recorded"}]}],
             "metadata": {"workbook": {"packages": ["Plotly.NET"]}}, "nbformat": 4, "nbformat_minor": 5}
            """
        );
        var result = Run("run --output out");
        Assert.True(result.Code == 0, result.Error);
        Assert.Contains(
            "needs.ipynb  skipped: needs Plotly.NET, which NuGet does not serve here",
            result.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "as recorded",
            File.ReadAllText(folder["out/needs.html"]),
            StringComparison.Ordinal
        );
    }

    private ShellResult Run(string arguments) => Shell.Run(arguments, folder: folder.Path);

    private void WritePackage(
        string name,
        string version,
        (string Name, string Range)? dependency = null,
        string into = "feed"
    )
    {
        using var package = ZipFile.Open(
            Path.Combine(folder.Path, into, $"{name}.{version}.nupkg"),
            ZipArchiveMode.Create
        );
        using var nuspec = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open());
        var needs = dependency is { } other
            ? $"<dependencies><dependency id=\"{other.Name}\" version=\"{other.Range}\" /></dependencies>"
            : "";
        nuspec.Write(
            $"<package><metadata><id>{name}</id><version>{version}</version><authors>a test</authors><description>Empty.</description>{needs}</metadata></package>"
        );
    }
}
