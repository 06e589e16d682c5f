using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>The lessons as they lie in the repository, and as they come out of a run.</summary>
internal static class Lessons
{
    private static readonly string Folder = Path.Combine(Goldens.Repository, "notebooks");

    /// <summary>Every learner's notebook of notebooks/, by its path below that folder.</summary>
    public static TheoryData<string> All => In("");

    /// <summary>The Korean edition: its learner's notebooks, then their masters.</summary>
    public static TheoryData<string> Korean => [.. In("ko"), .. In("ko/solutions")];

    /// <summary>The English masters, with their solutions.</summary>
    public static TheoryData<string> Solutions => In("solutions");

    /// <summary>The masters of the Korean edition.</summary>
    public static TheoryData<string> KoreanSolutions => In("ko/solutions");

    private static TheoryData<string> In(string folder) =>
        [
            .. Directory
                .GetFiles(Path.Combine(Folder, folder), "*.ipynb")
                .Select(path => Path.GetRelativePath(Folder, path))
                .Order(),
        ];

    /// <summary>Skips the test, and says so, where a lesson's packages are not served.</summary>
    public static void SkipUnlessRunnable(string lesson)
    {
        var built = Path.Combine(Goldens.Repository, "artifacts/bin/Workbook.Packages/release");
        foreach (var package in Load(lesson).RequiredPackages)
            Assert.SkipUnless(
                File.Exists(Path.Combine(built, $"{package}.dll")),
                $"{lesson} needs {package}: `dotnet workbook.cs packages` takes it from NuGet where that serves it"
            );
    }

    public static string PathOf(string lesson) => Path.Combine(Folder, lesson);

    public static NotebookDocument Load(string lesson) => NotebookDocument.Load(PathOf(lesson));

    /// <summary>What the cells printed and showed, as plain text in order.</summary>
    public static IEnumerable<string> PlainTexts(NotebookDocument notebook) =>
        notebook
            .Cells.SelectMany(cell => cell.Outputs)
            .Select(output =>
                output.Text
                ?? output.Data.GetValueOrDefault("text/plain")
                ?? output.ErrorMessage
                ?? ""
            );

    public static IEnumerable<NotebookCell> Code(NotebookDocument notebook) =>
        notebook.Cells.Where(cell => cell.Kind == NotebookCellKind.Code);
}
