using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace NotebookKernel;

/// <summary>The process of one running notebook, seen from the one that started it.</summary>
internal sealed class NotebookProcess : IDisposable
{
    // What the runtime says first about a stack overflow; the frames that follow are thousands.
    private const int KeptErrorCharacters = 4096;

    // How long the streams of an ended process are read: a program that a cell started may keep them open for ever.
    private static readonly TimeSpan Leftover = TimeSpan.FromSeconds(1);

    // How long a process that has done its work may take to end.
    private static readonly TimeSpan Leave = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly StringBuilder errors = new();
    private readonly Task errorsRead;
    private readonly Task exited;
    private readonly Task ended;

    /// <summary>Starts it, in the notebook's folder.</summary>
    public NotebookProcess(string path, string outputPath, NotebookRunOptions options)
    {
        process = Process.Start(StartInfo(path, outputPath, options))!;
        // Nobody can answer: Console.ReadLine in a cell gives null at once.
        process.StandardInput.Close();
        errorsRead = ReadErrorsAsync();
        exited = process.WaitForExitAsync();
        ended = exited.ContinueWith(_ => Task.Delay(Leftover), TaskScheduler.Default).Unwrap();
    }

    /// <summary>What it reports, up to its end.</summary>
    public async IAsyncEnumerable<RunnerMessage> MessagesAsync()
    {
        while (true)
        {
            var read = process.StandardOutput.ReadLineAsync();
            if (await Task.WhenAny(read, ended).ConfigureAwait(false) != read)
                yield break;
            if (await read.ConfigureAwait(false) is not { } line)
                yield break;
            if (RunnerMessage.Parse(line) is { } message)
                yield return message;
        }
    }

    /// <summary>Waits for its end, and kills it where it does not come.</summary>
    /// <returns>The exit code, and the beginning of what it wrote to standard error.</returns>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        if (await Task.WhenAny(exited, Task.Delay(Leave)).ConfigureAwait(false) != exited)
            Kill();
        await exited.ConfigureAwait(false);
        await Task.WhenAny(errorsRead, Task.Delay(Leftover)).ConfigureAwait(false);
        lock (errors)
            return (process.ExitCode, errors.ToString());
    }

    /// <summary>Kills it with all that it started.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private static ProcessStartInfo StartInfo(
        string path,
        string outputPath,
        NotebookRunOptions options
    )
    {
        var start = new ProcessStartInfo(Host())
        {
            WorkingDirectory = Path.GetDirectoryName(path)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        string[] arguments =
        [
            typeof(NotebookProcess).Assembly.Location,
            RunNotebookCommand.Name,
            path,
            outputPath,
            "--timeout",
            options.CellTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "--parent",
            Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        return start;
    }

    // The dotnet that runs this code; PATH may name another, or none.
    private static string Host()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var root = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..");
        var host = Path.GetFullPath(Path.Combine(root, name));
        return File.Exists(host) ? host : name;
    }

    private async Task ReadErrorsAsync()
    {
        var buffer = new char[1024];
        int count;
        while ((count = await process.StandardError.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            lock (errors)
                errors.Append(buffer, 0, Math.Min(count, KeptErrorCharacters - errors.Length));
    }
}
