using System.Globalization;

namespace NotebookKernel;

/// <summary>The command by which front ends start the kernel: the argv of kernel.json.</summary>
internal static class JupyterCommand
{
    public const string Name = "jupyter";

    public const string Usage = $"usage: NotebookKernel {Name} CONNECTION_FILE";

    /// <summary>Runs a kernel in the current folder, the notebook's, until a front end or a signal ends it.</summary>
    /// <returns>2 where the connection file cannot be used.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [_, var path])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            var connection = ConnectionFile.Load(path);
            var engine = new CellEngine(Environment.CurrentDirectory);
            var kernel = new JupyterKernel(connection, engine);
            // While the front end is still connecting, and the learner reading.
            _ = CellEngine.WarmUpAsync();
            kernel.Run();
            return 0;
        }
        catch (ConnectionFileException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
    }
}
