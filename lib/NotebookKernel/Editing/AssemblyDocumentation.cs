using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NotebookKernel;

/// <summary>The XML documentation of an assembly: the file beside it, or for the framework those of the SDK's reference pack.</summary>
internal sealed class AssemblyDocumentation(string assembly) : DocumentationProvider
{
    // Of one core assembly the reference pack documents parts under many names; these hold most of what cells use.
    private static readonly string[] CoreParts =
    [
        "System.Runtime",
        "System.Collections",
        "System.Threading",
        "System.Memory",
        "System.Runtime.InteropServices",
        "System.Runtime.Extensions",
        "System.Text.Encoding.Extensions",
        "System.Threading.Thread",
        "System.Diagnostics.StackTrace",
        "System.Runtime.Numerics",
    ];

    private static readonly Lazy<string?> ReferencePack = new(FindReferencePack);
    private static readonly Dictionary<string, XmlDocumentationFile> Files = [];

    /// <inheritdoc/>
    protected override string GetDocumentationForSymbol(
        string documentationMemberID,
        CultureInfo preferredCulture,
        CancellationToken cancellationToken = default
    ) =>
        Candidates()
            .Where(System.IO.File.Exists)
            .Select(file => Open(file).Find(documentationMemberID))
            .FirstOrDefault(found => found is not null)
        ?? "";

    /// <inheritdoc/>
    public override bool Equals(object? obj) =>
        obj is AssemblyDocumentation other && other.File == File;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(File);

    private string File { get; } = assembly;

    private IEnumerable<string> Candidates()
    {
        yield return Path.ChangeExtension(File, ".xml");
        if (ReferencePack.Value is not { } pack || !IsFramework())
            yield break;
        var name = Path.GetFileNameWithoutExtension(File);
        yield return Path.Combine(pack, $"{name}.xml");
        if (name == "System.Private.CoreLib")
            foreach (var part in CoreParts)
                yield return Path.Combine(pack, $"{part}.xml");
    }

    private bool IsFramework() =>
        Path.GetDirectoryName(File) == Path.GetDirectoryName(typeof(object).Assembly.Location);

    private static XmlDocumentationFile Open(string file)
    {
        lock (Files)
            return Files.TryGetValue(file, out var open) ? open : Files[file] = new(file);
    }

    // packs/Microsoft.NETCore.App.Ref/10.0.12/ref/net10.0, the newest of this framework's major version.
    private static string? FindReferencePack()
    {
        var packs = Path.Combine(DotnetHost.Folder, "packs", "Microsoft.NETCore.App.Ref");
        var major = $"{Environment.Version.Major}.";
        return !Directory.Exists(packs)
            ? null
            : Directory
                .GetDirectories(packs)
                .Where(folder =>
                    Path.GetFileName(folder).StartsWith(major, StringComparison.Ordinal)
                )
                .OrderByDescending(folder =>
                    Version.TryParse(Path.GetFileName(folder), out var version) ? version : null
                )
                .SelectMany(folder => Directory.GetDirectories(Path.Combine(folder, "ref")))
                .FirstOrDefault();
    }
}
