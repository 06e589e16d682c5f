using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>A lesson of the site: its notebook, the solutions of its exercises, and where its page lies.</summary>
/// <param name="Path">The notebook's full path.</param>
/// <param name="Page">The page, relative to the site, with slashes.</param>
/// <param name="Language">"en" or "ko".</param>
internal sealed record SiteLesson(string Path, string Page, string Language)
{
    /// <summary>The notebook.</summary>
    public NotebookDocument Notebook { get; } = NotebookDocument.Load(Path);

    /// <summary>What its prose says where.</summary>
    public IReadOnlyList<NotebookSection> Sections => field ??= NotebookOutline.Of(Notebook);

    /// <summary>The first heading.</summary>
    public string Title =>
        Sections.FirstOrDefault(section => section.Heading.Length > 0)?.Heading
        ?? System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>From the site's folder to the page's, for links the other way.</summary>
    public string Up => string.Concat(Enumerable.Repeat("../", Page.Count(c => c == '/')));

    /// <summary>For each cell with an exercise, the master's code; none where the lesson has no master.</summary>
    public IReadOnlyDictionary<string, string> Solutions()
    {
        var master = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(Path)!,
            EditionsCommand.Masters,
            System.IO.Path.GetFileName(Path)
        );
        if (!File.Exists(master))
            return new Dictionary<string, string>();
        return NotebookDocument
            .Load(master)
            .Cells.Where(LearnersEdition.HasSolution)
            .ToDictionary(cell => cell.Id, LearnersEdition.Solution);
    }
}
