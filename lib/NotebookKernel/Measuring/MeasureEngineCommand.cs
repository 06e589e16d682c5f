using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace NotebookKernel;

/// <summary>The command by which <see cref="EngineBenchmark"/> has a fresh process measure itself.</summary>
internal static class MeasureEngineCommand
{
    public const string Name = "measure-engine";

    public const string Usage = $"usage: NotebookKernel {Name} CELLS|warm";

    private const int Completions = 20;

    /// <summary>Measures, and writes an <see cref="EngineMeasurement"/> to standard output.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [_, "warm"])
            await WriteAsync(await MeasureWarmAsync().ConfigureAwait(false)).ConfigureAwait(false);
        else if (arguments is [_, var count] && int.TryParse(count, out var cells) && cells > 0)
            await WriteAsync(await MeasureAsync(cells).ConfigureAwait(false)).ConfigureAwait(false);
        else
        {
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }
        return 0;
    }

    private static Task WriteAsync(EngineMeasurement measurement) =>
        Console.Out.WriteLineAsync(JsonSerializer.Serialize(measurement));

    private static async Task<EngineMeasurement> MeasureWarmAsync()
    {
        await CellEngine.WarmUpAsync().ConfigureAwait(false);
        var engine = new CellEngine(Environment.CurrentDirectory);
        var watch = Stopwatch.StartNew();
        await RunAsync(engine, 1, "1 + 1").ConfigureAwait(false);
        return new() { FirstCellWhenWarm = watch.Elapsed.TotalMilliseconds };
    }

    private static async Task<EngineMeasurement> MeasureAsync(int cells)
    {
        using var self = Process.GetCurrentProcess();
        var engine = new CellEngine(Environment.CurrentDirectory);
        await RunAsync(engine, 1, "var numbers = new List<int> { 1, 2, 3 };\nnumbers.Sum()")
            .ConfigureAwait(false);
        var firstCpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        var firstWall = (DateTime.Now - self.StartTime).TotalSeconds;

        var (resident, managed) = Memory();
        var cpu = new List<double>();
        var wall = new List<double>();
        for (var i = 0; i < cells; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await RunAsync(engine, i + 2, FormattableString.Invariant($"{i} + 1"))
                .ConfigureAwait(false);
            wall.Add(watch.Elapsed.TotalMilliseconds);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }
        var (residentAfter, managedAfter) = Memory();

        var completion = new List<double>();
        for (var i = 0; i < Completions; i++)
        {
            var watch = Stopwatch.StartNew();
            await engine.CompleteAsync("numbers.Sel", 11, default).ConfigureAwait(false);
            completion.Add(watch.Elapsed.TotalMilliseconds);
        }
        return new()
        {
            FirstResultCpu = firstCpu,
            FirstResultWall = firstWall,
            CellCpu = cpu,
            CellWall = wall,
            ResidentPerCell = (residentAfter - resident) / cells,
            ManagedPerCell = (managedAfter - managed) / cells,
            // The first gets the editor itself compiled.
            Completion = completion[1..],
        };
    }

    private static async Task RunAsync(CellEngine engine, int number, string code)
    {
        var result = await engine
            .ExecuteAsync(code, number, new OutputRecorder(), new CellRun())
            .ConfigureAwait(false);
        if (result.Error is { } error)
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"cell {number}: {error.Message}")
            );
    }

    private static (double Resident, double Managed) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        const double megabyte = 1 << 20;
        return (Environment.WorkingSet / megabyte, GC.GetTotalMemory(false) / megabyte);
    }
}
