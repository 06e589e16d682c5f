using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>Every lesson runs from top to bottom and gives the numbers that are written in it.</summary>
public sealed class NotebookRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> All => Lessons.All;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_runs_and_gives_what_it_was_committed_with_and_the_same_bytes_again(
        string lesson
    )
    {
        var committed = Lessons.Load(lesson);
        Assert.All(Lessons.Code(committed), cell => Assert.NotNull(cell.ExecutionCount)); // the premise: it was committed executed

        var first = await RunAsync(lesson, "first");
        LessonOutputs.AssertSame(committed, NotebookDocument.Load(first));

        var second = await RunAsync(lesson, "second");
        Assert.Equal(File.ReadAllText(first), File.ReadAllText(second));
    }

    private async Task<string> RunAsync(string lesson, string name)
    {
        Lessons.SkipUnlessRunnable(lesson);
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
}
