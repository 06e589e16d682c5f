using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Workbook.CommandLine;

/// <summary>What was measured, as a table for people and as JSON for programs.</summary>
internal static class BenchmarkReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The class of machine, as far as it matters to the numbers: never its name.</summary>
    public static string Machine { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture} with vectors of {VectorBits} bits, {RuntimeInformation.RuntimeIdentifier}, .NET {Environment.Version.ToString(2)}"
        );

    private static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 32;

    /// <summary>Prints a table.</summary>
    public static void Write(string name, IReadOnlyList<BenchmarkRow> rows)
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

    /// <summary>Everything in one JSON object: the date, the machine, and each benchmark's rows.</summary>
    public static string Json(IReadOnlyDictionary<string, IReadOnlyList<BenchmarkRow>> measured) =>
        JsonSerializer.Serialize(
            new
            {
                date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                machine = Machine,
                benchmarks = measured.ToDictionary(
                    part => part.Key,
                    part =>
                        part.Value.Select(row => new
                        {
                            quantity = row.Quantity,
                            unit = row.Unit,
                            median = row.Median,
                            low = row.Values.Min(),
                            high = row.Values.Max(),
                            goal = row.Goal,
                            values = row.Values,
                        })
                ),
            },
            Indented
        );
}
