using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>Shows a cell that is not C#.</summary>
internal static partial class MarkupCell
{
    private const string MermaidNote =
        "A Mermaid diagram. Front ends that draw no Mermaid show its source:";

    /// <summary>Shows it in the running cell.</summary>
    public static void Show(CellSource cell)
    {
        var text = cell.Code;
        switch (cell.Language)
        {
            case CellLanguage.Html:
                CellFunctions.DisplayRaw(text, "text/html");
                break;
            case CellLanguage.JavaScript:
                CellFunctions.DisplayRaw(
                    $"<script type=\"text/javascript\">{text}</script>",
                    "text/html"
                );
                break;
            case CellLanguage.Markdown:
                CellFunctions.DisplayRaw(text, "text/markdown");
                break;
            case CellLanguage.Mermaid:
                // JupyterLab and GitHub draw such a block by themselves; nothing is fetched from anywhere.
                var longest = Fences()
                    .Matches(text)
                    .Select(match => match.Length)
                    .DefaultIfEmpty()
                    .Max();
                var fence = new string('`', Math.Max(3, longest + 1));
                CellFunctions.DisplayRaw(
                    $"{MermaidNote}\n\n{fence}mermaid\n{text.TrimEnd()}\n{fence}\n",
                    "text/markdown"
                );
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(cell), cell.Language, null);
        }
    }

    [GeneratedRegex("`+")]
    private static partial Regex Fences();
}
