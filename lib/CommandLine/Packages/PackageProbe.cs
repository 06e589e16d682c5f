using System.Security;
using System.Text.Json.Nodes;

namespace Workbook.CommandLine;

/// <summary>Finds out which packages NuGet serves here, by restoring them one after another into one project.</summary>
/// <param name="root">The workbook's folder, whose Directory.Packages.props has the versions.</param>
/// <param name="source">A folder or feed to look in besides the user's own sources; null for none.</param>
internal sealed class PackageProbe(string root, string? source)
{
    private const string Name = "packages-probe";

    private readonly List<string> found = [];

    /// <summary>Tries a package together with those that were found before, for they are to be used together.</summary>
    public async Task<PackageAnswer> TryAsync(string package, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, "artifacts", Name);
        Directory.CreateDirectory(folder);
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"{Name}.csproj"),
                Project(found.Append(package)),
                cancellation
            );
            var errors = await DotnetProcess.RunAsync(folder, cancellation, "restore");
            if (errors is not null)
                return new(package, null, null, errors[0]);
            found.Add(package);
            return Found(package);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Project(IEnumerable<string> packages) =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(
                source
            )}</RestoreAdditionalProjectSources>
                <WarningsNotAsErrors>$(WarningsNotAsErrors);NU1901;NU1902;NU1903;NU1904</WarningsNotAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(
                packages.Select(package => $"<PackageReference Include=\"{package}\" />")
            )}
              </ItemGroup>
            </Project>

            """;

    // What NuGet wrote down of the restore.
    private PackageAnswer Found(string package)
    {
        var assets = Json(Path.Combine(root, "artifacts", "obj", Name, "project.assets.json"));
        var library = assets["libraries"]!
            .AsObject()
            .First(entry =>
                entry.Key.StartsWith($"{package}/", StringComparison.OrdinalIgnoreCase)
            );
        var metadata = assets["packageFolders"]!
            .AsObject()
            .Select(folder =>
                Path.Combine(folder.Key, (string)library.Value!["path"]!, ".nupkg.metadata")
            )
            .FirstOrDefault(File.Exists);
        var origin = metadata is null ? null : (string?)Json(metadata)["source"];
        return new(package, library.Key[(package.Length + 1)..], ShortSource(origin), null);
    }

    private static string ShortSource(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && !address.IsFile
            ? address.Host
            : origin ?? "this machine's package folder";

    private static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
