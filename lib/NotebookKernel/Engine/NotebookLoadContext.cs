using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace NotebookKernel;

/// <summary>Loads the compiled cells, the assemblies that they name, and what lies beside those, native libraries included.</summary>
/// <remarks>Assemblies are loaded from their files, as .NET Interactive does, so that a library finds its own folder.</remarks>
internal sealed class NotebookLoadContext(IReadOnlySet<string> shared)
    : AssemblyLoadContext("notebook")
{
    private readonly Lock gate = new();
    private readonly List<string> folders = [];
    private readonly Dictionary<string, Assembly> cells = [];

    /// <summary>Adds a folder to look in, after those added before.</summary>
    public void AddFolder(string folder)
    {
        lock (gate)
            if (!folders.Contains(folder))
                folders.Add(folder);
    }

    /// <summary>Whether an assembly is the framework's or the kernel's, and never taken from elsewhere.</summary>
    public bool IsShared(string name) => shared.Contains(name);

    /// <summary>The managed file of this simple name beside a referenced assembly; null where there is none.</summary>
    /// <remarks>The framework's assemblies, and those the kernel gives to every cell, are never taken from there.</remarks>
    public string? Find(string name) =>
        shared.Contains(name)
            ? null
            : Folders()
                .Select(folder => Path.Combine(folder, $"{name}.dll"))
                .FirstOrDefault(File.Exists);

    /// <summary>Loads a compiled cell.</summary>
    public Assembly LoadCell(string name, Stream assembly, Stream symbols) =>
        cells[name] = LoadFromStream(assembly, symbols);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (cells.TryGetValue(name, out var cell))
            return cell;
        return Find(name) is { } file ? LoadFromAssemblyPath(file) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var folder in Folders())
        foreach (var file in NativeNames(unmanagedDllName))
            if (
                NativeLibrary.TryLoad(Path.Combine(folder, file), out var library)
                || NativeLibrary.TryLoad(
                    Path.Combine(
                        folder,
                        "runtimes",
                        RuntimeInformation.RuntimeIdentifier,
                        "native",
                        file
                    ),
                    out library
                )
            )
                return library;
        return 0;
    }

    private static string[] NativeNames(string name) =>
        OperatingSystem.IsWindows() ? [name, $"{name}.dll"]
        : OperatingSystem.IsMacOS() ? [name, $"lib{name}.dylib", $"{name}.dylib"]
        : [name, $"lib{name}.so", $"{name}.so"];

    private string[] Folders()
    {
        lock (gate)
            return [.. folders];
    }
}
