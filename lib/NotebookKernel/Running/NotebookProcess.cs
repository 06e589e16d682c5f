using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace NotebookKernel;

/// <summary>The process of the running notebooks, seen from the one that started it.</summary>
internal sealed class NotebookProcess : IDisposable
{
    // What the runtime says first about a stack overflow; the frames that follow are thousands.
    private const int KeptErrorCharacters = 4096;

    // How long the streams of an ended process are read: a program that a cell started may keep them open for ever.
    private static readonly TimeSpan Leftover = TimeSpan.FromSeconds(1);

    // How long a process that has done its work may take to end.
    private static readonly TimeSpan Leave = TimeSpan.FromSeconds(5);

    private readonly Process process;

    // Not the standard input, which cells may read: there nobody answers, and Console.ReadLine gives null at once.
    private readonly AnonymousPipeServerStream jobs = new(
        PipeDirection.Out,
        HandleInheritability.Inheritable
    );
    private readonly StringBuilder errors = new();
    private readonly Task errorsRead;
    private readonly Task exited;
    private readonly Task ended;
    private Task<string?>? reading;

    /// <summary>Starts it.</summary>
    public NotebookProcess(NotebookRunOptions options)
    {
        process = Process.Start(StartInfo(options))!;
        jobs.DisposeLocalCopyOfClientHandle();
        process.StandardInput.Close();
        errorsRead = ReadErrorsAsync();
        exited = process.WaitForExitAsync();
        ended = exited.ContinueWith(_ => Task.Delay(Leftover), TaskScheduler.Default).Unwrap();
    }

    /// <summary>How many notebooks it was given.</summary>
    public int Notebooks { get; private set; }

    /// <summary>Gives it a notebook to run.</summary>
    public void Run(RunnerJob job)
    {
        Notebooks++;
        lock (errors)
            errors.Clear();
        try
        {
            jobs.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(job) + "\n"));
        }
        catch (IOException)
        {
            // It has ended, and whoever reads its messages sees that.
        }
    }

    /// <summary>What it reports, up to the end of the notebook or its own.</summary>
    public async IAsyncEnumerable<RunnerMessage> MessagesAsync()
    {
        while (true)
        {
            reading ??= process.StandardOutput.ReadLineAsync();
            if (await Task.WhenAny(reading, ended).ConfigureAwait(false) != reading)
                yield break;
            var line = await reading.ConfigureAwait(false);
            reading = null;
            if (line is null)
                yield break;
            if (RunnerMessage.Parse(line) is not { } message)
                continue;
            yield return message;
            if (message.Done)
                yield break;
        }
    }

    /// <summary>Gives it nothing more to do, waits for its end, and kills it where that does not come.</summary>
    /// <returns>The exit code, and the beginning of what it wrote to standard error.</returns>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await jobs.DisposeAsync().ConfigureAwait(false);
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
    public void Dispose()
    {
        jobs.Dispose();
        process.Dispose();
    }

    private ProcessStartInfo StartInfo(NotebookRunOptions options)
    {
        string[] arguments =
        [
            options.Program,
            RunNotebooksCommand.Name,
            "--timeout",
            options.CellTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            "--parent",
            Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            "--jobs",
            jobs.GetClientHandleAsString(),
        ];
        var start = new ProcessStartInfo(DotnetHost.Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        return start;
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
