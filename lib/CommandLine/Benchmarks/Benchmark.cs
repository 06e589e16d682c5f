namespace Workbook.CommandLine;

/// <summary>A part of the benchmark suite.</summary>
/// <param name="Name">What the shell calls it.</param>
/// <param name="Description">What it measures, in a line.</param>
/// <param name="MeasureAsync">Measures; it tells how far it is, a line at a time.</param>
internal sealed record Benchmark(
    string Name,
    string Description,
    Func<Action<string>, CancellationToken, Task<IReadOnlyList<BenchmarkRow>>> MeasureAsync
);
