namespace Workbook.CommandLine;

/// <summary>One quantity that a benchmark measured.</summary>
/// <param name="Quantity">What was measured.</param>
/// <param name="Unit">Its unit; empty for a ratio.</param>
/// <param name="Values">Every measurement of it; the table shows the median and the spread.</param>
/// <param name="Goal">What it should be, such as <c>&lt; 1.5</c>; empty where nothing is promised.</param>
internal sealed record BenchmarkRow(
    string Quantity,
    string Unit,
    IReadOnlyList<double> Values,
    string Goal = ""
)
{
    /// <summary>The middle one of the measurements; the mean of the middle two where their number is even.</summary>
    public double Median => MedianOf(Values);

    /// <summary>The middle one of some numbers.</summary>
    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
