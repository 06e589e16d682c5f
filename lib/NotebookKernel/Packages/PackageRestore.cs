using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>Gets packages as a project would: <c>dotnet restore</c> of a generated one, with the user's own NuGet settings.</summary>
/// <param name="baseFolder">The notebook's folder: a NuGet.config there or above counts.</param>
internal sealed partial class PackageRestore(string baseFolder)
{
    private const string Project = "packages.csproj";

    private readonly Dictionary<string, PackageRequest> packages = new(
        StringComparer.OrdinalIgnoreCase
    );
    private readonly List<string> sources = [];

    /// <summary>Restores packages together with those that were restored before, so that all versions fit.</summary>
    /// <param name="requests">The packages; one that cannot be had is forgotten again, for it would spoil every later restore.</param>
    /// <param name="moreSources">Feeds or folders to look in besides the user's own, from now on.</param>
    /// <param name="cancellation">Stops the restore.</param>
    /// <exception cref="PackageException">A package cannot be had.</exception>
    public async Task<RestoredPackages> RestoreAsync(
        IReadOnlyList<PackageRequest> requests,
        IReadOnlyList<string> moreSources,
        CancellationToken cancellation
    )
    {
        var known = packages.Values.ToArray();
        var knownSources = sources.ToArray();
        // A relative folder is the notebook's, not the generated project's.
        sources.AddRange(
            moreSources.Select(source =>
                source.Contains("://", StringComparison.Ordinal)
                    ? source
                    : Path.GetFullPath(source, baseFolder)
            )
        );
        foreach (var request in requests)
            packages[request.Name] = request;
        try
        {
            return packages.Count == 0
                ? new([], [])
                : await RestoreAsync(requests, cancellation).ConfigureAwait(false);
        }
        catch
        {
            packages.Clear();
            foreach (var request in known)
                packages[request.Name] = request;
            sources.Clear();
            sources.AddRange(knownSources);
            throw;
        }
    }

    private async Task<RestoredPackages> RestoreAsync(
        IReadOnlyList<PackageRequest> requests,
        CancellationToken cancellation
    )
    {
        var project = ProjectText();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16];
        var folder = Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.Create
            ),
            "csharp-workbook",
            "packages",
            key
        );
        Directory.CreateDirectory(folder);
        var assets = Path.Combine(folder, "obj", "project.assets.json");
        // A marker of our own: NuGet writes its file also where it fails.
        var restored = Path.Combine(folder, "restored");
        using var alone = await LockAsync(folder, cancellation).ConfigureAwait(false);
        if (
            !packages.Values.Any(package => package.Floats)
            && File.Exists(restored)
            && RestoredPackages.Read(assets) is { } cached
        )
            return cached;

        File.Delete(restored);
        await File.WriteAllTextAsync(Path.Combine(folder, Project), project, cancellation)
            .ConfigureAwait(false);
        var (exitCode, said) = await DotnetRestoreAsync(folder, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
            throw Failed(requests, said);
        await File.WriteAllTextAsync(restored, "", cancellation).ConfigureAwait(false);
        return RestoredPackages.Read(assets)
            ?? throw Failed(requests, $"{assets} does not say what was restored.");
    }

    private string ProjectText()
    {
        var references = packages
            .Values.OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
            .Select(package =>
                $"""    <PackageReference Include="{SecurityElement.Escape(package.Name)}" Version="{SecurityElement.Escape(package.Version)}" />"""
            );
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <UseAppHost>false</UseAppHost>
                <RestoreRootConfigDirectory>{SecurityElement.Escape(baseFolder)}</RestoreRootConfigDirectory>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(
                string.Join(';', sources)
            )}</RestoreAdditionalProjectSources>
                <NoWarn>$(NoWarn);NU1603;NU1701</NoWarn>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
              </ItemGroup>
            </Project>

            """;
    }

    private static async Task<(int ExitCode, string Said)> DotnetRestoreAsync(
        string folder,
        CancellationToken cancellation
    )
    {
        // What lies above the folder is some other project's.
        string[] arguments =
        [
            "restore",
            Project,
            "-v:q",
            "-nologo",
            "-tl:off",
            "-noAutoResponse",
            "-nodeReuse:false",
            "-p:ImportDirectoryBuildProps=false",
            "-p:ImportDirectoryBuildTargets=false",
            "-p:ImportDirectoryPackagesProps=false",
        ];
        var start = new ProcessStartInfo(DotnetHost.Path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // A kernel that a build started has inherited that build's SDK.
        string[] inherited = ["MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath"];
        foreach (var variable in inherited)
            start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        using var stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return (
            process.ExitCode,
            await output.ConfigureAwait(false) + await errors.ConfigureAwait(false)
        );
    }

    // Two kernels may want the same packages at once, and NuGet does not guard a project's files.
    private static async Task<FileStream> LockAsync(string folder, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new(
                    Path.Combine(folder, "lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException) when (Directory.Exists(folder))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation)
                    .ConfigureAwait(false);
            }
        }
    }

    private static PackageException Failed(IReadOnlyList<PackageRequest> requests, string said)
    {
        var errors = Error()
            .Matches(said)
            .Select(match => (Code: match.Groups["code"].Value, Text: match.Groups["text"].Value))
            .Distinct()
            .ToArray();
        var reason = errors.Length > 0 ? $"{errors[0].Code}: {errors[0].Text}" : said.Trim();
        // NU1301: a source does not answer.
        var advice = errors is [{ Code: "NU1301" }, ..]
            ? " The package source cannot be reached: connect to the network and run the cell again. What was restored once stays on this machine."
            : "";
        return new($"{string.Join(" and ", requests)} cannot be restored: {reason}{advice}");
    }

    [GeneratedRegex(
        @"error (?<code>NU\d+): (?<text>.*?)(?: \[[^\]]*\])?\r?$",
        RegexOptions.Multiline
    )]
    private static partial Regex Error();
}
