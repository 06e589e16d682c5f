using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>What a restore found for this machine.</summary>
/// <param name="Assemblies">Files of managed assemblies, dependencies included.</param>
/// <param name="NativeFolders">Folders of native libraries.</param>
internal sealed record RestoredPackages(
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<string> NativeFolders
)
{
    /// <summary>Reads what NuGet wrote into a project's <c>project.assets.json</c>.</summary>
    /// <returns>Null where the file, or a file that it names, is no longer there.</returns>
    public static RestoredPackages? Read(string assetsFile)
    {
        try
        {
            var assets = JsonNode.Parse(File.ReadAllText(assetsFile))!;
            // With a runtime identifier there are two targets, and the longer name has the native libraries.
            var target = assets["targets"]!.AsObject().MaxBy(item => item.Key.Length).Value!;
            var found = target
                .AsObject()
                .Where(item => (string?)item.Value!["type"] == "package")
                .Select(item => (Folder: Folder(assets, item.Key), Package: item.Value!))
                .ToArray();
            string[] Files(string kind) =>
                [
                    .. found.SelectMany(item =>
                        (item.Package[kind]?.AsObject() ?? [])
                            .Select(file => Path.GetFullPath(file.Key, item.Folder))
                            // A package whose framework has the assembly leaves an empty file of this name.
                            .Where(file => Path.GetFileName(file) != "_._")
                    ),
                ];
            var assemblies = Files("runtime");
            var native = Files("native");
            return assemblies.Concat(native).All(File.Exists)
                ? new(
                    assemblies,
                    [.. native.Select(file => Path.GetDirectoryName(file)!).Distinct()]
                )
                : null;
        }
        catch (Exception error)
            when (error
                    is IOException
                        or JsonException
                        or InvalidOperationException
                        or NullReferenceException
            )
        {
            return null;
        }
    }

    private static string Folder(JsonNode assets, string library)
    {
        var path = (string)assets["libraries"]![library]!["path"]!;
        return assets["packageFolders"]!
                .AsObject()
                .Select(folder => Path.Combine(folder.Key, path))
                .FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException(path);
    }
}
