using System.Diagnostics;
using System.Text.Json;

namespace NotebookKernel;

/// <summary>Measures the kernel's engine in fresh processes, one at a time.</summary>
public static class EngineBenchmark
{
    /// <summary>Starts a process, runs a first cell and then trivial ones, and asks for completions.</summary>
    /// <param name="cells">How many trivial cells.</param>
    /// <param name="cancellation">Kills the process.</param>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static Task<EngineMeasurement> MeasureAsync(int cells, CancellationToken cancellation) =>
        RunAsync(FormattableString.Invariant($"{cells}"), cancellation);

    /// <summary>Starts a process, lets it warm up, and runs a first cell: only <see cref="EngineMeasurement.FirstCellWhenWarm"/>.</summary>
    /// <param name="cancellation">Kills the process.</param>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static Task<EngineMeasurement> MeasureWarmAsync(CancellationToken cancellation) =>
        RunAsync("warm", cancellation);

    private static async Task<EngineMeasurement> RunAsync(
        string argument,
        CancellationToken cancellation
    )
    {
        string[] arguments =
        [
            typeof(EngineBenchmark).Assembly.Location,
            MeasureEngineCommand.Name,
            argument,
        ];
        var start = new ProcessStartInfo(DotnetHost.Path, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var killed = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"the kernel's engine failed: {(await errors.ConfigureAwait(false)).Trim()}"
            );
        return JsonSerializer.Deserialize<EngineMeasurement>(await output.ConfigureAwait(false))!;
    }
}
