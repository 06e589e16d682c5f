using System.Text.RegularExpressions;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace NotebookKernel;

/// <summary>A part of a notebook's prose, from one heading to the next.</summary>
/// <param name="Level">1 for the title, 2 for its parts, and so on.</param>
/// <param name="Id">The heading's id on the notebook's page; "" for what stands before the first.</param>
/// <param name="Heading">The heading as plain text.</param>
/// <param name="Text">What follows, as plain text.</param>
public sealed record NotebookSection(int Level, string Id, string Heading, string Text);

/// <summary>What a notebook's prose says where: for tables of contents, and for search.</summary>
public static partial class NotebookOutline
{
    /// <summary>The sections from top to bottom.</summary>
    public static IReadOnlyList<NotebookSection> Of(NotebookDocument notebook)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        var sections = new List<NotebookSection>();
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == NotebookCellKind.Markdown))
        foreach (var block in Markdown.Parse(cell.Source, ProseHtml.Pipeline))
            if (block is HeadingBlock heading)
                sections.Add(
                    new(
                        heading.Level,
                        heading.GetAttributes().Id ?? "",
                        ProseHtml.Text(heading),
                        ""
                    )
                );
            else
            {
                if (sections.Count == 0)
                    sections.Add(new(1, "", "", ""));
                var text = cell.Source.Substring(block.Span.Start, block.Span.Length);
                sections[^1] = sections[^1] with
                {
                    Text = $"{sections[^1].Text} {Plain(text)}".Trim(),
                };
            }
        return sections;
    }

    private static string Plain(string markdown) =>
        string.Join(
            ' ',
            Fold()
                .Replace(Markdown.ToPlainText(markdown, ProseHtml.Pipeline), " ")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    // The one piece of HTML that prose may hold says nothing by itself.
    [GeneratedRegex("</?(details|summary)>")]
    private static partial Regex Fold();
}
