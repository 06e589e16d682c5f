using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NotebookKernel;

namespace Grading;

/// <summary>Starts the processes that run submissions, apart from everything else as far as the system can.</summary>
internal sealed class Sandbox
{
    // The system that programs need; the rest of /etc is nobody's business.
    private static readonly string[] System =
    [
        "/usr",
        "/bin",
        "/sbin",
        "/lib",
        "/lib32",
        "/lib64",
        "/nix/store",
        "/gnu/store",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/etc/alternatives",
        "/sys/devices/system/cpu",
    ];

    // With these a program of .NET finds itself; keys, tokens and the rest of the environment stay away.
    private static readonly string[] Passed =
    [
        "PATH",
        "LANG",
        "LD_LIBRARY_PATH",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
        "SystemRoot",
        "windir",
    ];

    private static readonly Lazy<string> Script = new(ReadScript);

    private const UnixFileMode AllRights =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private const string Nobody = "65534";

    private readonly string repository;
    private readonly bool asNobody;

    /// <summary>Creates it.</summary>
    /// <param name="repository">The workbook's folder.</param>
    /// <param name="isolation">How far apart.</param>
    /// <param name="asNobody">Whether to give up the rights of root, who alone can.</param>
    public Sandbox(string repository, Isolation isolation, bool asNobody = false)
    {
        this.repository = repository;
        this.asNobody = asNobody;
        Isolation = isolation;
    }

    /// <summary>How far apart from everything else.</summary>
    public Isolation Isolation { get; }

    /// <summary>The furthest apart that this system lets a process be, found out by starting one.</summary>
    /// <remarks>For root, whom no limit on processes holds, as nobody where nobody can read the workbook.</remarks>
    public static Sandbox Best(string repository)
    {
        if (OperatingSystem.IsLinux())
            foreach (var isolation in Enum.GetValues<Isolation>().OrderDescending())
            {
                var sandbox = new Sandbox(repository, isolation, asNobody: true);
                if (Environment.IsPrivilegedProcess && sandbox.Works())
                    return sandbox;
                sandbox = new(repository, isolation);
                if (sandbox.Works())
                    return sandbox;
            }
        return new(repository, Isolation.None);
    }

    /// <summary>How to start a process that runs cells; its folder is all that it is meant to write to.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="lesson">The lesson, whose libraries it sees.</param>
    /// <param name="limits">What it may use.</param>
    public ProcessStartInfo RunCells(string folder, GradedLesson lesson, GradeLimits limits)
    {
        if (asNobody && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, AllRights);
        var start = Start(
            folder,
            lesson.Libraries,
            limits,
            RunCellsCommand.Name,
            Isolation == Isolation.Full ? "/tmp/work" : folder
        );
        start.Environment["WORKBOOK_LANGUAGE"] = lesson.IsKorean ? "ko" : "en";
        return start;
    }

    // The kernel without a command says how it is used: everything it needs is there.
    private bool Works()
    {
        var folder = Directory.CreateTempSubdirectory("workbook-grade-");
        try
        {
            var start = Start(folder.FullName, [], null);
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            return process
                .StandardError.ReadToEnd()
                .Contains(RunCellsCommand.Usage, StringComparison.Ordinal);
        }
        catch (Win32Exception) // no such program
        {
            return false;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ProcessStartInfo Start(
        string folder,
        IEnumerable<string> libraries,
        GradeLimits? limits,
        params string[] arguments
    )
    {
        var kernel = typeof(NotebookRunner).Assembly.Location;
        string[] command = [DotnetHost.Path, kernel, .. arguments];
        if (limits is not null && OperatingSystem.IsLinux() && File.Exists("/usr/bin/prlimit"))
            command = [.. ResourceLimits(limits), .. command];
        command = Isolation switch
        {
            Isolation.Full =>
            [
                .. OwnSystem(folder, [Path.GetDirectoryName(kernel)!, .. libraries]),
                .. command,
            ],
            Isolation.NoNetwork =>
            [
                "unshare",
                "--user",
                "--map-root-user",
                "--net",
                "--",
                .. command,
            ],
            _ => command,
        };
        if (asNobody)
            command =
            [
                "setpriv",
                $"--reuid={Nobody}",
                $"--regid={Nobody}",
                "--clear-groups",
                "--no-new-privs",
                "--",
                .. command,
            ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start, Isolation == Isolation.Full ? "/tmp" : folder, limits);
        return start;
    }

    private string[] OwnSystem(string folder, IEnumerable<string> folders)
    {
        string[] shown =
        [
            .. System,
            DotnetHost.Folder,
            Path.Combine(repository, "models"),
            Path.Combine(repository, "data"),
            .. folders,
        ];
        shown = [.. shown.Where(Path.Exists).Select(Path.TrimEndingDirectorySeparator).Distinct()];
        return
        [
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "--pid",
            "--net",
            "--ipc",
            "--uts",
            "--fork",
            "--kill-child",
            "--",
            "sh",
            "-c",
            Script.Value,
            "sandbox.sh",
            folder,
            GradeLimits.FileBytes.ToString(CultureInfo.InvariantCulture),
            // On an older Linux the number is that of the whole system.
            Environment.OSVersion.Version >= new Version(6, 14)
                ? GradeLimits.Threads.ToString(CultureInfo.InvariantCulture)
                : "",
            .. shown.Where(path =>
                !shown.Any(other => path.StartsWith($"{other}/", StringComparison.Ordinal))
            ),
            "--",
        ];
    }

    // The watch over memory and processes looks a few times a second; these hold in between. Threads count as processes,
    // and on a Linux older than 5.14 all those of the user do.
    private static string[] ResourceLimits(GradeLimits limits) =>
        [
            "prlimit",
            "--core=0",
            FormattableString.Invariant($"--data={2 * limits.MemoryBytes}"),
            FormattableString.Invariant($"--fsize={GradeLimits.FileBytes}"),
            FormattableString.Invariant(
                $"--nproc={GradeLimits.Threads + (Environment.OSVersion.Version < new Version(5, 14) ? ProcessTree.CountThreads() : 0)}"
            ),
            "--",
        ];

    private static void SetEnvironment(ProcessStartInfo start, string home, GradeLimits? limits)
    {
        var passed = Passed.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        start.Environment.Clear();
        foreach (var (name, value) in passed)
            if (value is not null)
                start.Environment[name] = value;
        foreach (var name in new[] { "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP" })
            start.Environment[name] = home;
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // A cell that fills it fails by an exception; the rest of the limit is for what is not .NET's.
        if (limits is not null)
            start.Environment["DOTNET_GCHeapHardLimit"] = (limits.MemoryBytes / 4 * 3).ToString(
                "X",
                CultureInfo.InvariantCulture
            );
    }

    private static string ReadScript()
    {
        using var stream = typeof(Sandbox).Assembly.GetManifestResourceStream("sandbox.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
