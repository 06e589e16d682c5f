using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>Jupyter's nbconvert runs every lesson through the kernel, and gets what was committed.</summary>
public sealed class NbconvertTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> All => Lessons.All;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_gives_the_outputs_that_the_lesson_was_committed_with(string lesson)
    {
        Lessons.SkipUnlessRunnable(lesson);
        KernelSpec.Install(folder.Path);
        var (code, output, errors) = await Jupyter.PythonAsync(
            folder.Path,
            "-m",
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            $"--ExecutePreprocessor.kernel_name={KernelSpec.Name}",
            "--output-dir",
            folder.Path,
            "--output",
            "executed.ipynb",
            Lessons.PathOf(lesson)
        );
        Assert.True(code == 0, output + errors);
        LessonOutputs.AssertSame(
            Lessons.Load(lesson),
            NotebookDocument.Load(folder["executed.ipynb"])
        );
    }
}
