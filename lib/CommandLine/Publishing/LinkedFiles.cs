using System.Text.RegularExpressions;
using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>The files that a notebook's prose leads to.</summary>
internal static partial class LinkedFiles
{
    /// <summary>Their full paths, whether they exist or not.</summary>
    public static IEnumerable<string> Of(NotebookDocument notebook)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!;
        return notebook
            .Cells.Where(cell => cell.Kind == NotebookCellKind.Markdown)
            .SelectMany(cell => Link().Matches(cell.Source))
            .Select(link => Uri.UnescapeDataString(link.Groups[1].Value))
            .Where(path => !path.Contains(':', StringComparison.Ordinal))
            .Select(path => Path.GetFullPath(Path.Combine(folder, path)))
            .Distinct();
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)")]
    private static partial Regex Link();
}
