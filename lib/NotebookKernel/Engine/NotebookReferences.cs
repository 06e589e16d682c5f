using System.Collections.Immutable;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookKernel;

/// <summary>What cells may reference: the framework, the kernel's few functions, and what <c>#r</c> names.</summary>
/// <remarks>
/// As in Roslyn scripting, an assembly that a referenced one needs is found beside it without being named, and its
/// namespaces can then be used too.
/// </remarks>
internal sealed class NotebookReferences : MetadataReferenceResolver
{
    private readonly string baseFolder;
    private readonly Dictionary<string, PortableExecutableReference> byName = new(
        StringComparer.OrdinalIgnoreCase
    );

    public NotebookReferences(string baseFolder)
    {
        this.baseFolder = baseFolder;
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string[] kernel =
        [
            typeof(CellFunctions).Assembly.Location,
            typeof(Formatter).Assembly.Location,
            typeof(IHtmlContent).Assembly.Location,
        ];
        foreach (
            var file in trusted
                .Split(Path.PathSeparator)
                .Where(file => Path.GetDirectoryName(file) == framework)
                .Concat(kernel)
        )
            byName[Path.GetFileNameWithoutExtension(file)] = MetadataReference.CreateFromFile(file);
        Shared = byName.Values.ToImmutableArray();
        LoadContext = new(byName.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The references that every notebook has.</summary>
    public ImmutableArray<PortableExecutableReference> Shared { get; }

    /// <summary>Loads at run time what was referenced here.</summary>
    public NotebookLoadContext LoadContext { get; }

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference,
        string? baseFilePath,
        MetadataReferenceProperties properties
    )
    {
        // A #r in a #load-ed file is relative to that file; a cell has no file.
        var folder = Path.IsPathRooted(baseFilePath)
            ? Path.GetDirectoryName(baseFilePath)!
            : baseFolder;
        var file = Path.GetFullPath(reference, folder);
        if (File.Exists(file))
            return [Add(file)];
        return byName.TryGetValue(reference, out var known) ? [known] : [];
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition,
        AssemblyIdentity referenceIdentity
    ) =>
        byName.TryGetValue(referenceIdentity.Name, out var known) ? known
        : LoadContext.Find(referenceIdentity.Name) is { } file ? Add(file)
        : null;

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    // A name is bound once: the load context cannot load a second assembly of the same name.
    private PortableExecutableReference Add(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        if (byName.TryGetValue(name, out var known))
        {
            if (known.FilePath != file)
                Console.Error.WriteLine(
                    $"{Path.GetFileName(file)} is already referenced from {known.FilePath}; restart the kernel to use {file}."
                );
            return known;
        }
        LoadContext.AddFolder(Path.GetDirectoryName(file)!);
        return byName[name] = MetadataReference.CreateFromFile(file);
    }
}
