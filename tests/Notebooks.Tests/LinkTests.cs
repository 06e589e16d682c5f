using System.Text.RegularExpressions;
using NotebookKernel;

namespace Notebooks.Tests;

/// <summary>Every link of a notebook to another file leads there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_lead_to_files_that_are_there()
    {
        var folder = Path.Combine(Goldens.Repository, "notebooks");
        var dead = new List<string>();
        var count = 0;
        foreach (var path in Directory.GetFiles(folder, "*.ipynb", SearchOption.AllDirectories))
        foreach (
            var cell in NotebookDocument
                .Load(path)
                .Cells.Where(cell => cell.Kind == NotebookCellKind.Markdown)
        )
        foreach (var link in Link().Matches(cell.Source).Select(match => match.Groups[1].Value))
        {
            count++;
            if (!Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link)))
                dead.Add($"{Path.GetRelativePath(folder, path)}: {link}");
        }
        Assert.NotEqual(0, count);
        Assert.Empty(dead);
    }

    // Not what leads to the network, and of a link to a heading the file alone.
    [GeneratedRegex(@"\]\(([^)#:]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
