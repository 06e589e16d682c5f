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
    // The same objects for every notebook of a process: the compiler reads each assembly's metadata once.
    private static readonly Lazy<ImmutableArray<PortableExecutableReference>> Given = new(
        FindGiven
    );

    private readonly Lock gate = new();
    private readonly string baseFolder;
    private readonly Dictionary<string, PortableExecutableReference> byName;
    private ImmutableList<PortableExecutableReference> added = [];

    public NotebookReferences(string baseFolder)
    {
        this.baseFolder = baseFolder;
        byName = Given.Value.ToDictionary(
            reference => Path.GetFileNameWithoutExtension(reference.FilePath!),
            StringComparer.OrdinalIgnoreCase
        );
        LoadContext = new(byName.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    private static ImmutableArray<PortableExecutableReference> FindGiven()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string[] kernel =
        [
            typeof(CellFunctions).Assembly.Location,
            typeof(Formatter).Assembly.Location,
            typeof(IHtmlContent).Assembly.Location,
        ];
        return
        [
            .. trusted
                .Split(Path.PathSeparator)
                .Where(file => Path.GetDirectoryName(file) == framework)
                .Concat(kernel)
                // The core library is listed twice.
                .DistinctBy(Path.GetFileName)
                .Select(Reference),
        ];
    }

    /// <summary>The references that every notebook has.</summary>
    public static ImmutableArray<PortableExecutableReference> Shared => Given.Value;

    /// <summary>The assemblies of packages that no accepted cell has been given yet.</summary>
    public IEnumerable<PortableExecutableReference> Added => Volatile.Read(ref added);

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
        return Known(reference) is { } known ? [known] : [];
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition,
        AssemblyIdentity referenceIdentity
    ) =>
        Known(referenceIdentity.Name) is { } known ? known
        : LoadContext.Find(referenceIdentity.Name) is { } file ? Add(file)
        : null;

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference? Known(string name)
    {
        lock (gate)
            return byName.GetValueOrDefault(name);
    }

    /// <summary>Makes packages known to the next cells.</summary>
    public void AddPackages(RestoredPackages packages)
    {
        foreach (var folder in packages.NativeFolders)
            LoadContext.AddFolder(folder);
        // Where the framework has an assembly too, its own is used, as for any program.
        foreach (var file in packages.Assemblies)
            if (!LoadContext.IsShared(Path.GetFileNameWithoutExtension(file)))
                added = added.Add(Add(file));
    }

    /// <summary>Forgets <see cref="Added"/>: a cell that was given them passes them on to the next.</summary>
    public void Accept(IEnumerable<PortableExecutableReference> given) =>
        added = added.RemoveRange(given);

    // A name is bound once: the load context cannot load a second assembly of the same name.
    private PortableExecutableReference Add(string file)
    {
        // An editor may ask while a cell runs.
        lock (gate)
            return AddOnce(file);
    }

    private PortableExecutableReference AddOnce(string file)
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
        return byName[name] = Reference(file);
    }

    private static PortableExecutableReference Reference(string file) =>
        MetadataReference.CreateFromFile(file, documentation: new AssemblyDocumentation(file));
}
