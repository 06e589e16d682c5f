using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>How quick the notebooks' kernel is, and how much it keeps.</summary>
internal static class KernelBenchmark
{
    // Enough for a spread, few enough for half a minute.
    private const int Processes = 5;
    private const int Cells = 200;

    // The first cells get the compiler itself compiled; growth is that of the cells after them.
    private const int Settled = 10;
    private const int Window = 50;

    public static Benchmark Create() =>
        new(
            "kernel",
            $"the C# kernel: first result, {Cells} cells, completion; in {Processes} fresh processes",
            MeasureAsync
        );

    private static async Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        var cold = new List<EngineMeasurement>();
        var warm = new List<EngineMeasurement>();
        for (var process = 1; process <= Processes; process++)
        {
            tell($"process {process} of {Processes}");
            cold.Add(await EngineBenchmark.MeasureAsync(Cells, cancellation));
            warm.Add(await EngineBenchmark.MeasureWarmAsync(cancellation));
        }
        double[] Each(Func<EngineMeasurement, double> value) => [.. cold.Select(value)];
        double[] All(Func<EngineMeasurement, IReadOnlyList<double>> values) =>
            [.. cold.SelectMany(values)];
        return
        [
            new("first result, processor", "s", Each(run => run.FirstResultCpu), "< 1.5"),
            new("first result, wall", "s", Each(run => run.FirstResultWall), "< 2.5"),
            new(
                "first cell after the warm-up, wall",
                "ms",
                [.. warm.Select(run => run.FirstCellWhenWarm)]
            ),
            new("trivial cell, processor", "ms", All(run => run.CellCpu), "< 30"),
            new("trivial cell, wall", "ms", All(run => run.CellWall)),
            new($"last {Window} cells : first {Window}, processor", "", Each(Growth), "1"),
            new("resident memory a cell", "MB", Each(run => run.ResidentPerCell), "< 0.3"),
            new("managed memory a cell", "MB", Each(run => run.ManagedPerCell)),
            new("completion, warm", "ms", All(run => run.Completion), "< 150"),
        ];
    }

    private static double Growth(EngineMeasurement run) =>
        BenchmarkRow.MedianOf(run.CellCpu.TakeLast(Window))
        / BenchmarkRow.MedianOf(run.CellCpu.Skip(Settled).Take(Window));
}
