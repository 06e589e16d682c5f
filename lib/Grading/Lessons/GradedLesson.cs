using System.Text.RegularExpressions;
using NotebookKernel;

namespace Grading;

/// <summary>A lesson with exercises, from its master: the truth that submissions are put back into.</summary>
internal sealed partial class GradedLesson
{
    private readonly Dictionary<string, string> sources;

    private GradedLesson(
        string name,
        string path,
        NotebookDocument edition,
        NotebookDocument master
    )
    {
        Name = name;
        Path = System.IO.Path.GetFullPath(path);
        IsKorean = name.StartsWith("ko/", StringComparison.Ordinal);
        sources = edition.Cells.ToDictionary(cell => cell.Id, cell => cell.Source);
        Title = edition
            .Cells.Select(cell => Heading().Match(cell.Source).Groups[1].Value)
            .FirstOrDefault("");
        Cells =
        [
            .. edition
                .Cells.Select((cell, i) => (Cell: cell, Index: i))
                .Where(one => one.Cell.Kind == NotebookCellKind.Code)
                .Select(one => new LessonCell(
                    one.Cell.Id,
                    one.Cell.Source,
                    AnswerCheck.Of(master.Cells[one.Index]),
                    one.Index == 0 ? "" : Question(edition.Cells[one.Index - 1])
                )),
        ];
    }

    /// <summary>Such as "03-pooling" or "ko/03-pooling".</summary>
    public string Name { get; }

    /// <summary>Its heading, such as "03 · Pooling: from many vectors to one".</summary>
    public string Title { get; }

    /// <summary>Whether reports of it are in Korean.</summary>
    public bool IsKorean { get; }

    /// <summary>Where the learners' edition lies: <c>#r</c> is relative to its folder.</summary>
    public string Path { get; }

    /// <summary>The code cells from top to bottom.</summary>
    public IReadOnlyList<LessonCell> Cells { get; }

    /// <summary>The folders of the assemblies that its cells reference.</summary>
    public IEnumerable<string> Libraries =>
        Cells
            .SelectMany(cell => Reference().Matches(cell.Source))
            .Select(match => System.IO.Path.GetDirectoryName(Absolute(match))!)
            .Distinct();

    /// <summary>The exercises from top to bottom.</summary>
    public IEnumerable<string> Exercises => Cells.SelectMany(cell => cell.Answers?.Exercises ?? []);

    /// <summary>What an exercise asks, in markdown; empty where that is not known.</summary>
    public string Question(string exercise) =>
        Cells.FirstOrDefault(cell => cell.Answers?.Exercises[0] == exercise)?.Question ?? "";

    /// <summary>Reads a lesson from its master.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="masterPath">The master, in the folder <c>solutions</c> beside the learners' edition.</param>
    /// <exception cref="NotebookFormatException">The master is no notebook, or its solutions are not in pairs.</exception>
    public static GradedLesson Read(string name, string masterPath)
    {
        var master = NotebookDocument.Load(masterPath);
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(masterPath)!)!;
        var path = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(masterPath));
        return new(name, path, LearnersEdition.Of(master, path), master);
    }

    /// <summary>A given cell's code as it runs from any folder.</summary>
    public string Runnable(string source) =>
        Reference().Replace(source, match => $"#r \"{Absolute(match)}\"");

    /// <summary>How much of a notebook is this lesson: the cells of the same id, then those that have the same text too.</summary>
    public (int SameIds, int SameTexts) Likeness(NotebookDocument notebook)
    {
        var same = notebook.Cells.Where(cell => sources.ContainsKey(cell.Id)).ToArray();
        return (same.Length, same.Count(cell => sources[cell.Id] == cell.Source));
    }

    // From its number on: "## Exercises" and what is said to all of them stands before the first.
    private static string Question(NotebookCell before) =>
        before.Kind != NotebookCellKind.Markdown ? ""
        : Number().Match(before.Source) is { Success: true, Index: var start }
            ? before.Source[start..]
        : before.Source;

    private string Absolute(Match reference) =>
        System.IO.Path.GetFullPath(
            reference.Groups[1].Value,
            System.IO.Path.GetDirectoryName(Path)!
        );

    [GeneratedRegex(@"^# +(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\*\*\d+\.\*\*", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"^#r ""([^""\n]+\.dll)""", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
