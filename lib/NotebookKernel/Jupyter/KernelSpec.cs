using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookKernel;

/// <summary>The folder by which Jupyter and VS Code find this kernel: kernel.json, and a copy of the kernel's program.</summary>
/// <remarks>
/// A copy, because a running kernel needs its files to stay as they are while the repository is built anew: Windows
/// refuses to overwrite a loaded assembly, and elsewhere an overwritten one crashes the process that has it mapped. Each
/// build has a copy of its own, named after its contents, so that installing again disturbs no running kernel either.
/// What it costs: after a change to the kernel itself it has to be installed again.
/// </remarks>
public static class KernelSpec
{
    /// <summary>The name that notebooks have in <c>metadata.kernelspec.name</c>.</summary>
    public const string Name = "csharp-workbook";

    /// <summary>What front ends show.</summary>
    public const string DisplayName = "C# (Workbook)";

    /// <summary>The language, as .NET Interactive calls it too: a notebook opens in either.</summary>
    public const string Language = "C#";

    private const string ProgramPrefix = "program-";

    /// <summary>The folder that Jupyter and VS Code search for this user.</summary>
    /// <remarks>The rules of jupyter_core: https://docs.jupyter.org/en/latest/use/jupyter-directories.html.</remarks>
    public static string UserDataFolder()
    {
        static string? Variable(string name) =>
            Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folder =
            Variable("JUPYTER_DATA_DIR")
            ?? (
                OperatingSystem.IsWindows()
                    ? Path.Combine(
                        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData),
                        "jupyter"
                    )
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
                : Path.Combine(
                    Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"),
                    "jupyter"
                )
            );
        return Path.GetFullPath(folder);
    }

    /// <summary>Installs the kernel that this code is part of.</summary>
    /// <param name="dataFolder">A Jupyter data folder: the user's, or PREFIX/share/jupyter.</param>
    /// <returns>The folder that now holds it.</returns>
    /// <exception cref="IOException">It cannot be written, or another kernel has that name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static string Install(string dataFolder)
    {
        var folder = Folder(dataFolder);
        RefuseForeign(folder);
        var program = CopyProgram(folder);
        var specification = new JsonObject
        {
            ["argv"] = new JsonArray(
                DotnetHost.Path,
                program,
                JupyterCommand.Name,
                "{connection_file}"
            ),
            ["display_name"] = DisplayName,
            ["language"] = Language,
            // Without it VS Code and Jupyter send a signal, which on Windows does nothing.
            ["interrupt_mode"] = "message",
        };
        // Whole or not at all: front ends look at any time.
        var written = Path.Combine(folder, $"kernel.json.{Environment.ProcessId}");
        File.WriteAllText(
            written,
            specification.ToJsonString(new() { WriteIndented = true }) + "\n"
        );
        File.Move(written, Specification(folder), overwrite: true);
        DeletePrograms(folder, keep: 2);
        return folder;
    }

    /// <summary>Removes what <see cref="Install"/> wrote, and nothing else.</summary>
    /// <returns>The folder it was in; null where there was none.</returns>
    /// <exception cref="IOException">It cannot be removed, or another kernel has that name.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public static string? Uninstall(string dataFolder)
    {
        var folder = Folder(dataFolder);
        if (!File.Exists(Specification(folder)))
            return null;
        RefuseForeign(folder);
        File.Delete(Specification(folder));
        DeletePrograms(folder, keep: 0);
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
        return folder;
    }

    private static string Folder(string dataFolder) =>
        Path.Combine(Path.GetFullPath(dataFolder), "kernels", Name);

    private static string Specification(string folder) => Path.Combine(folder, "kernel.json");

    private static void RefuseForeign(string folder)
    {
        var file = Specification(folder);
        if (!File.Exists(file))
            return;
        try
        {
            if ((string?)JsonNode.Parse(File.ReadAllText(file))!["display_name"] == DisplayName)
                return;
        }
        catch (Exception error)
            when (error is JsonException or InvalidOperationException or NullReferenceException)
        {
            // Not ours either.
        }
        throw new IOException($"{file}: not written by this command; remove it by hand");
    }

    /// <summary>Copies the program, unless this very build is there already; gives the path of the copy's assembly.</summary>
    private static string CopyProgram(string folder)
    {
        var files = ProgramFiles();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }
        var build = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
        var copy = Path.Combine(folder, ProgramPrefix + build);
        if (Directory.Exists(copy))
            Directory.SetLastWriteTimeUtc(copy, DateTime.UtcNow); // the newest again
        else
        {
            var unfinished = $"{copy}.{Environment.ProcessId}";
            foreach (var (name, bytes) in files)
            {
                var file = Path.Combine(unfinished, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }
            Directory.Move(unfinished, copy);
        }
        return Path.Combine(copy, $"{typeof(KernelSpec).Assembly.GetName().Name}.dll");
    }

    // The build's own folder of the kernel, which lies beside that of whoever calls this: only there are all its
    // dependencies, and no others.
    private static (string Name, byte[] Bytes)[] ProgramFiles()
    {
        var caller = new DirectoryInfo(AppContext.BaseDirectory);
        var project = typeof(KernelSpec).Assembly.GetName().Name!;
        var folder = Path.Combine(caller.Parent!.Parent!.FullName, project, caller.Name);
        return
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllBytes(file))),
        ];
    }

    // A kernel that runs may yet load one of its files, so the build before this one stays when another is installed.
    // Windows protects what is loaded: that is left to the next call.
    private static void DeletePrograms(string folder, int keep)
    {
        var programs = Directory
            .GetDirectories(folder, ProgramPrefix + "*")
            .OrderByDescending(Directory.GetLastWriteTimeUtc);
        foreach (var program in programs.Skip(keep))
            try
            {
                Directory.Delete(program, recursive: true);
            }
            catch (Exception error)
                when (OperatingSystem.IsWindows()
                    && error is IOException or UnauthorizedAccessException
                ) { }
    }
}
