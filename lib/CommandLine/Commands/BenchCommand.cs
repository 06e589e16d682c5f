using System.CommandLine;
using System.Globalization;

namespace Workbook.CommandLine;

/// <summary>Runs the benchmark suite, or parts of it.</summary>
internal static class BenchCommand
{
    // The suite, in the order in which it runs. A new benchmark is one more line.
    private static readonly Benchmark[] Suite =
    [
        KernelBenchmark.Create(),
        EncodeBenchmark.Create(),
        CrossBenchmark.Create(),
        SingleBenchmark.Create(),
        LoadBenchmark.Create(),
        SearchBenchmark.Create(),
        ServeBenchmark.Create(),
    ];

    public static Command Create()
    {
        var names = new Argument<string[]>("NAME")
        {
            Description =
                "What to measure; everything without. "
                + string.Join("; ", Suite.Select(part => $"{part.Name}: {part.Description}")),
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new ShellCommand(
            "bench",
            "Measure how quick all this is, and print a table: the median of each quantity and its spread.",
            "dotnet workbook.cs bench kernel"
        )
        {
            names,
        };
        command.Does((call, cancellation) => RunAsync(call.GetValue(names)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, CancellationToken cancellation)
    {
        if (names.FirstOrDefault(name => Suite.All(part => part.Name != name)) is { } unknown)
            throw new UsageException(
                $"{unknown}: no such benchmark; there is {string.Join(", ", Suite.Select(part => part.Name))}"
            );
        foreach (var part in Suite.Where(part => names.Length == 0 || names.Contains(part.Name)))
        {
            var rows = await part.MeasureAsync(
                line => Console.Error.WriteLine($"{part.Name}: {line}"),
                cancellation
            );
            Write(part.Name, rows);
        }
        return 0;
    }

    private static void Write(string name, IReadOnlyList<BenchmarkRow> rows)
    {
        var width = Math.Max(name.Length, rows.Max(row => row.Quantity.Length));
        var header = $"{name.PadRight(width)}  {"median", 9}  {"low", 9}  {"high", 9}  unit  goal";
        Console.Out.WriteLine(header);
        foreach (var row in rows)
            Console.Out.WriteLine(
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{row.Quantity.PadRight(width)}  {row.Median, 9:0.000}  {row.Values.Min(), 9:0.000}  {row.Values.Max(), 9:0.000}  {row.Unit, -4}  {row.Goal}"
                    )
                    .TrimEnd()
            );
        Console.Out.Flush();
    }
}
