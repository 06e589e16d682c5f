using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace NotebookKernel;

/// <summary>The command by which <see cref="NotebookRunner"/> runs notebooks in a process of their own, one after another.</summary>
internal static class RunNotebooksCommand
{
    public const string Name = "run-notebooks";

    public const string Usage =
        $"usage: NotebookKernel {Name} --timeout SECONDS --parent PROCESS --jobs PIPE";

    // What is left of a notebook after its end (statics, compiled code, stray tasks) must not add up.
    private const long LargestReusable = 1L << 30;

    /// <summary>Runs the notebooks that the pipe names, until it ends; messages go to standard output, a line each.</summary>
    /// <returns>0 where all was run, 2 where the arguments or a file are wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (
            arguments
                is not [_, "--timeout", var timeout, "--parent", var parent, "--jobs", var jobs]
            || !double.TryParse(timeout, CultureInfo.InvariantCulture, out var seconds)
            || !int.TryParse(parent, CultureInfo.InvariantCulture, out var parentId)
        )
        {
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }
        EndWith(parentId);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        using var messages = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false))
        {
            AutoFlush = true,
        };
        using var pipe = new AnonymousPipeClientStream(PipeDirection.In, jobs);
        using var lines = new StreamReader(pipe);
        CellConsole.Capture();
        var state = new ProcessState();
        try
        {
            while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                var job = JsonSerializer.Deserialize<RunnerJob>(line)!;
                var succeeded = await RunAsync(
                        job,
                        TimeSpan.FromSeconds(seconds),
                        message => messages.Write(message.ToLine())
                    )
                    .ConfigureAwait(false);
                var restored = state.Restore();
                // A cell that was stopped may have left code running.
                var reusable = restored && succeeded && Environment.WorkingSet < LargestReusable;
                await messages
                    .WriteAsync(new RunnerMessage(null, null, true, reusable).ToLine())
                    .ConfigureAwait(false);
            }
            return 0;
        }
        catch (Exception error) when (error is NotebookFormatException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }
    }

    // A method of its own: nothing that it held is alive when the state is restored.
    private static Task<bool> RunAsync(
        RunnerJob job,
        TimeSpan cellTimeout,
        Action<RunnerMessage> report
    )
    {
        var notebook = NotebookDocument.Load(job.Path);
        Environment.CurrentDirectory = Path.GetDirectoryName(job.Path)!;
        return new NotebookExecution(notebook, job.OutputPath, cellTimeout, report).RunAsync();
    }

    // A notebook must not outlive whoever started it: nobody would stop it then.
    private static void EndWith(int processId)
    {
        try
        {
            var parent = Process.GetProcessById(processId);
            parent.EnableRaisingEvents = true;
            parent.Exited += (_, _) => Process.GetCurrentProcess().Kill();
        }
        catch (ArgumentException)
        {
            Environment.Exit(2);
        }
    }
}
