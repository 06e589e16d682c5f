using System.Collections;
using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookKernel;

/// <summary>What a process has only one of, and a notebook may change: kept before the first, restored after each.</summary>
/// <remarks>
/// Statics of the notebook's own assemblies are not among it, for each notebook loads its own copies. What the framework
/// keeps elsewhere (an encoding that was registered, a switch of AppContext) stays.
/// </remarks>
internal sealed class ProcessState
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TextReader input = Console.In;
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter errors = Console.Error;
    private readonly string directory = Environment.CurrentDirectory;
    private readonly CultureInfo? culture = CultureInfo.DefaultThreadCurrentCulture;
    private readonly CultureInfo? uiCulture = CultureInfo.DefaultThreadCurrentUICulture;
    private readonly Dictionary<string, string?> variables = Variables();

    /// <summary>Puts everything back, and frees what the last notebook held.</summary>
    /// <returns>Whether that could be done; a finalizer may wait for ever.</returns>
    public bool Restore()
    {
        Console.SetIn(input);
        Console.SetOut(output);
        Console.SetError(errors);
        Environment.CurrentDirectory = directory;
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.DefaultThreadCurrentUICulture = uiCulture;
        foreach (var name in Variables().Keys.Except(variables.Keys))
            Environment.SetEnvironmentVariable(name, null);
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
        Formatter.ResetToDefault();
        var collector = new Thread(Collect) { IsBackground = true };
        collector.Start();
        return collector.Join(Patience);
    }

    // Models hold native memory, which only their finalizers give back.
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static Dictionary<string, string?> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value);
}
