using System.Globalization;
using System.Text.RegularExpressions;
using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>Compares what two runs of a lesson printed and showed.</summary>
internal static partial class LessonOutputs
{
    // Another processor adds in another order; what is printed with three or four decimals moves by less than this.
    private const double Tolerance = 2e-3;

    /// <summary>Holds that both print the same, numbers to within the tolerance, and show as many pictures.</summary>
    public static void AssertSame(NotebookDocument committed, NotebookDocument executed)
    {
        var expected = Lessons.PlainTexts(committed).ToArray();
        var found = Lessons.PlainTexts(executed).ToArray();
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            AssertSame(expected[i], found[i]);
        Assert.Equal(Pictures(committed), Pictures(executed));
    }

    private static int Pictures(NotebookDocument notebook) =>
        notebook
            .Cells.SelectMany(cell => cell.Outputs)
            .Count(output =>
                output
                    .Data.GetValueOrDefault("text/html")
                    ?.Contains("<svg", StringComparison.Ordinal) == true
            );

    private static void AssertSame(string expected, string found)
    {
        Assert.Equal(Number().Replace(expected, "#"), Number().Replace(found, "#"));
        foreach (var (a, b) in Number().Matches(expected).Zip(Number().Matches(found)))
            Assert.Equal(Value(a), Value(b), Tolerance);
    }

    private static double Value(Match number) =>
        double.Parse(number.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+\.\d+")]
    private static partial Regex Number();
}
