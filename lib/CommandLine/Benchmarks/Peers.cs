using System.Diagnostics;

namespace Workbook.CommandLine;

/// <summary>Where the peers of the benchmarks come from: Python's are the machine's own, Node's are installed when they are first asked for.</summary>
internal static class Peers
{
    public const string TransformersJs = "@huggingface/transformers@4.3.1";
    public const string FastEmbed = "fastembed@2.1.0";
    public const string RustTokenizers = "@anush008/tokenizers@0.6.0";

    // Debian's torch and numpy belong to Debian's own Python, which need not be the first on the path.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3", "python"];

    /// <summary>Starts a Python script of ours; null, and told, where it cannot.</summary>
    public static PeerProcess? Python(
        string name,
        string script,
        Action<string> tell,
        params string[] arguments
    )
    {
        var path = Extract(script, Directory.CreateDirectory(Folder).FullName);
        foreach (var python in Pythons)
            if (PeerProcess.Start(name, python, [path, .. arguments], tell) is { } peer)
                return peer;
        return null;
    }

    /// <summary>Starts a Node script of ours over a package of npm's; null, and told, where it cannot.</summary>
    public static PeerProcess? Node(
        string name,
        string package,
        string script,
        Action<string> tell,
        params string[] arguments
    )
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, Slug(package))).FullName;
        if (!Install(package, folder, tell))
        {
            tell($"{name}: skipped: npm does not install {package}");
            return null;
        }
        // Beside node_modules, where Node looks for the package.
        return PeerProcess.Start(name, "node", [Extract(script, folder), .. arguments], tell);
    }

    // As the results of `run`: below the folder that the command is given in.
    private static string Folder => Path.GetFullPath(Path.Combine("artifacts", "peers"));

    private static bool Install(string package, string folder, Action<string> tell)
    {
        var done = Path.Combine(folder, "installed");
        if (File.Exists(done))
            return true;
        tell($"installing {package}");
        // Nothing of the packages runs at install: their native parts are in them.
        string[] arguments =
        [
            "install",
            "--prefix",
            folder,
            package,
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ];
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", "npm.cmd", .. arguments])
            : new ProcessStartInfo("npm", arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var npm = Process.Start(start)!;
            npm.BeginErrorReadLine();
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode == 0)
                File.WriteAllText(done, package);
            return npm.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Extract(string script, string folder)
    {
        var path = Path.Combine(folder, script);
        using var source = typeof(Peers).Assembly.GetManifestResourceStream(script)!;
        using var file = File.Create(path);
        source.CopyTo(file);
        return path;
    }

    private static string Slug(string package) => package.Replace('/', '-').Replace("@", "");
}
