using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NotebookKernel;

/// <summary>The command by which <see cref="NotebookRunner"/> runs a notebook in a process of its own.</summary>
internal static class RunNotebookCommand
{
    public const string Name = "run-notebook";

    public const string Usage =
        $"usage: NotebookKernel {Name} NOTEBOOK OUTPUT --timeout SECONDS [--parent PROCESS]";

    /// <summary>Runs it; messages go to standard output, a line each.</summary>
    /// <returns>0 where all cells ran, 1 where one failed, 2 where the arguments or the file are wrong.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (
            arguments is not [_, var path, var output, "--timeout", var timeout, .. var rest]
            || !double.TryParse(timeout, CultureInfo.InvariantCulture, out var seconds)
            || rest is not ([] or ["--parent", _])
        )
        {
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }
        if (rest is [_, var parent])
            EndWith(int.Parse(parent, CultureInfo.InvariantCulture));
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

        using var messages = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false))
        {
            AutoFlush = true,
        };
        try
        {
            var notebook = NotebookDocument.Load(path);
            Environment.CurrentDirectory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            var execution = new NotebookExecution(
                notebook,
                Path.GetFullPath(output),
                TimeSpan.FromSeconds(seconds),
                message => messages.Write(message.ToLine())
            );
            return await execution.RunAsync().ConfigureAwait(false) ? 0 : 1;
        }
        catch (Exception error) when (error is NotebookFormatException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return 2;
        }
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
