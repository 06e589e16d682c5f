using System.Globalization;
using System.Text.RegularExpressions;
using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>Every lesson runs from top to bottom and gives the numbers that are written in it.</summary>
public sealed partial class NotebookRunTests : IDisposable
{
    // Another processor adds in another order; what is printed with three or four decimals moves by less than this.
    private const double Tolerance = 2e-3;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> All => Lessons.All;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_runs_and_gives_the_outputs_that_it_was_committed_with(string lesson)
    {
        var committed = Lessons.Load(lesson);
        Assert.All(Lessons.Code(committed), cell => Assert.NotNull(cell.ExecutionCount)); // the premise: it was committed executed

        var executed = NotebookDocument.Load(await RunAsync(lesson, "first"));

        var expected = Lessons.PlainTexts(committed).ToArray();
        var found = Lessons.PlainTexts(executed).ToArray();
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            AssertSame(expected[i], found[i]);
        Assert.Equal(Pictures(committed), Pictures(executed));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Running_it_again_changes_no_byte(string lesson)
    {
        var first = await RunAsync(lesson, "first");
        var second = await RunAsync(lesson, "second");
        Assert.Equal(File.ReadAllText(first), File.ReadAllText(second));
    }

    private async Task<string> RunAsync(string lesson, string name)
    {
        var output = Path.Combine(folder.Path, $"{name}.ipynb");
        await using var runner = NotebookFile.Runner();
        var result = await runner.RunAsync(Lessons.PathOf(lesson), output);
        Assert.True(
            result.Succeeded,
            string.Join(
                '\n',
                result.Failures.Select(failure => $"cell {failure.CellNumber}: {failure.Message}")
            )
        );
        return output;
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
