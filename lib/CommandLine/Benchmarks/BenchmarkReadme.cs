using System.Globalization;
using System.Text;

namespace Workbook.CommandLine;

/// <summary>The table of ratios in a README, between two comments.</summary>
internal sealed class BenchmarkReadme
{
    public const string Begin = "<!-- bench -->";
    public const string End = "<!-- /bench -->";

    private readonly string path;
    private readonly string before;
    private readonly string after;

    /// <exception cref="UsageException">The file has no place for the table.</exception>
    public BenchmarkReadme(string path)
    {
        this.path = path;
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new UsageException($"{path}: it has no lines {Begin} and {End}");
        before = text[..(begin + Begin.Length)];
        after = text[end..];
    }

    /// <summary>Replaces the table: the rows without a unit, which are ratios and mean something on another machine too.</summary>
    public void Write(IReadOnlyDictionary<string, IReadOnlyList<BenchmarkRow>> measured)
    {
        var table = new StringBuilder();
        table.Append(
            CultureInfo.InvariantCulture,
            $"\n\n{DateTime.UtcNow:yyyy-MM-dd}, {BenchmarkReport.Machine}; each ratio is the median of its rounds, with the lowest and the highest.\n\n"
        );
        table.Append(
            "| `bench` | ratio | median | low to high | goal |\n|---|---|---:|---:|---|\n"
        );
        foreach (var (name, rows) in measured)
        foreach (var row in rows.Where(row => row.Unit.Length == 0))
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {row.Quantity} | {row.Median:0.00} | {row.Values.Min():0.00} to {row.Values.Max():0.00} | {row.Goal} |\n"
            );
        File.WriteAllText(path, before + table.Append('\n') + after);
    }
}
