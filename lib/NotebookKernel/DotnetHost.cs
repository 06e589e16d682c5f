using System.Runtime.InteropServices;

namespace NotebookKernel;

/// <summary>The <c>dotnet</c> that runs this code; PATH may name another, or none.</summary>
internal static class DotnetHost
{
    /// <summary>Its absolute path, or the bare name where it is not where it should be.</summary>
    public static string Path { get; } = Find();

    /// <summary>The folder that holds it, the shared frameworks and, where the SDK is installed, the reference packs.</summary>
    public static string Folder =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")
        );

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var host = System.IO.Path.Combine(Folder, name);
        return File.Exists(host) ? host : name;
    }
}
