using System.Text.RegularExpressions;

namespace NotebookKernel.Tests;

/// <summary>Finds what would make a notebook fail, or look different, in .NET Interactive, on another machine or on another day.</summary>
internal static partial class PortableLint
{
    /// <summary>The problems of a notebook file, each with its cell (counted from 0); none for a good notebook.</summary>
    public static IReadOnlyList<string> Check(string path)
    {
        var notebook = NotebookDocument.Load(path);
        return
        [
            .. CheckFile(path, notebook),
            .. CheckKernel(notebook),
            .. CheckOrder(notebook),
            .. notebook.Cells.SelectMany(
                (cell, index) =>
                    CheckCell(cell, IsFirstCode(notebook, cell))
                        .Select(problem => $"cell {index}: {problem}")
            ),
        ];
    }

    private static bool IsFirstCode(NotebookDocument notebook, NotebookCell cell) =>
        notebook.Cells.First(other => other.Kind == cell.Kind) == cell;

    private static IEnumerable<string> CheckFile(string path, NotebookDocument notebook)
    {
        if (!FileName().IsMatch(Path.GetFileName(path)))
            yield return "the file's name is not lower-case ASCII letters, digits and hyphens";
        // Ids, the format's version and the layout: what a save would change is a change nobody made.
        if (File.ReadAllText(path) != notebook.ToString())
            yield return "the file is not as nbformat 4.5 is saved (an id is missing, keys are unsorted, or the layout differs)";
    }

    private static IEnumerable<string> CheckKernel(NotebookDocument notebook)
    {
        var kernel = (notebook.KernelName, notebook.KernelDisplayName, notebook.KernelLanguage);
        if (kernel != ("csharp-workbook", "C# (Workbook)", "C#"))
            yield return $"the kernel spec is {kernel}";
    }

    private static IEnumerable<string> CheckOrder(NotebookDocument notebook)
    {
        var counts = notebook.RunnableCells().Select(cell => cell.ExecutionCount).ToArray();
        var ordered = Enumerable.Range(1, counts.Length).Select(count => (int?)count);
        if (!counts.SequenceEqual(ordered) && counts.Any(count => count is not null))
            yield return $"the cells were run as {string.Join(", ", counts)}, not from top to bottom";
    }

    private static IEnumerable<string> CheckCell(NotebookCell cell, bool first)
    {
        // .NET Interactive's own reader runs raw cells as C#.
        if (cell.Kind == NotebookCellKind.Raw)
            yield return "raw cell";
        if (AbsolutePath().Match(cell.Source) is { Success: true } path)
            yield return $"absolute path {path.Value}";
        if (cell.Kind != NotebookCellKind.Code)
            yield break;
        // A package must come from a network, and a magic command means nothing to other C# hosts.
        if (HostDirective().Match(cell.Source) is { Success: true } directive)
            yield return $"directive {directive.Value.Trim()}";
        if (!first && Reference().IsMatch(cell.Source))
            yield return "#r outside of the first code cell";
        if (HostApi().Match(cell.Source) is { Success: true } api)
            yield return $"{api.Value.Trim()} exists in .NET Interactive only";
        foreach (var text in cell.Outputs.SelectMany(Texts))
        {
            if (AbsolutePath().Match(text) is { Success: true } shown)
                yield return $"absolute path {shown.Value} in an output";
            if (Address().Match(text) is { Success: true } address)
                yield return $"address {address.Value} in an output";
        }
    }

    private static IEnumerable<string> Texts(NotebookOutput output) =>
        [output.Text ?? "", .. output.Data.Values, output.ErrorMessage ?? "", .. output.Traceback];

    [GeneratedRegex(@"^[a-z0-9-]+\.ipynb$")]
    private static partial Regex FileName();

    [GeneratedRegex("""^(?:\#!\S*|\#[ri][ \t]+"nuget:[^"\n]*"?)""", RegexOptions.Multiline)]
    private static partial Regex HostDirective();

    [GeneratedRegex(@"^\s*#r(?!\s+""nuget:)", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(
        @"\b(Formatter|Kernel|KernelInvocationContext|PocketViewTags|DisplayTable|GetInputAsync|Javascript|CSS)\b\s*[.(]|Microsoft\.DotNet\.Interactive"
    )]
    private static partial Regex HostApi();

    [GeneratedRegex(@"(?<![\w.:/])/(home|Users|root|tmp|usr|var|opt|mnt|work)/|\b[A-Za-z]:\\\\?\w")]
    private static partial Regex AbsolutePath();

    // The names of SVG and MathML are addresses that nobody opens.
    [GeneratedRegex(@"https?://(?!www\.w3\.org/)[^\s""'<>]+")]
    private static partial Regex Address();
}
