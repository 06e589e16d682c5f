using System.Net;
using System.Text;

namespace Workbook;

/// <summary>Cells of text under their heads, in HTML that screen readers can walk and in plain text that lines up.</summary>
/// <param name="title">The caption; none if null.</param>
/// <param name="columns">From left to right.</param>
internal sealed class TextTable(string? title, IReadOnlyList<TextTable.Column> columns)
{
    /// <summary>The widest cell of the plain-text table, in em: 30 columns of Hangul.</summary>
    private const double PlainTextWidth = 15;

    private const string CellStyle = "padding:0.3em 0.8em;border:0;border-bottom:1px solid #8886;";
    private const string HeadStyle =
        CellStyle + "max-width:12em;font-weight:600;word-break:keep-all;overflow-wrap:break-word;";

    private readonly List<string[]> rows = [];

    /// <summary>Adds a row: a cell for each column, any text.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Count)
            throw new ArgumentException(
                $"{cells.Length} cells for {columns.Count} columns",
                nameof(cells)
            );
        rows.Add([.. cells.Select(LabelText.Clean)]);
    }

    /// <summary>A table element in the colours of the page around it.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder(
            "<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;margin:0\">"
        );
        if (title is not null)
            html.Append("\n<caption style=\"text-align:left;font-weight:600\">")
                .Append(WebUtility.HtmlEncode(title))
                .Append("</caption>");
        html.Append("\n<thead><tr>");
        foreach (var column in columns)
            if (column.Head.Length == 0)
                html.Append("<td style=\"border:0\"></td>");
            else
                Append(
                    "th scope=\"col\"",
                    HeadStyle,
                    column.IsNumber ? "right" : "left",
                    column.Head
                );
        html.Append("</tr></thead>\n<tbody>");
        foreach (var row in rows)
        {
            html.Append("\n<tr>");
            foreach (var (column, cell) in columns.Zip(row))
                if (column.IsRowHead)
                    Append("th scope=\"row\"", HeadStyle, "left", cell);
                else if (column.IsNumber)
                    Append("td", CellStyle + "font-variant-numeric:tabular-nums;", "right", cell);
                else
                    Append("td", CellStyle, "left", cell);
            html.Append("</tr>");
        }
        return html.Append("\n</tbody></table></div>").ToString();

        void Append(string element, string style, string align, string text) =>
            html.Append('<')
                .Append(element)
                .Append(" style=\"")
                .Append(style)
                .Append("text-align:")
                .Append(align)
                .Append("\"><bdi>")
                .Append(WebUtility.HtmlEncode(text))
                .Append("</bdi></")
                .Append(element.AsSpan(0, 2))
                .Append('>');
    }

    /// <summary>The title and the cells for a fixed-width font, Hangul counted as two columns.</summary>
    public override string ToString()
    {
        string[][] lines =
        [
            [.. columns.Select(column => LabelText.Elide(column.Head, PlainTextWidth))],
            .. rows.Select(row =>
                row.Select(cell => LabelText.Elide(cell, PlainTextWidth)).ToArray()
            ),
        ];
        var widths = columns
            .Select((_, column) => lines.Max(line => LabelText.Columns(line[column])))
            .ToArray();
        var text = new StringBuilder();
        if (title is not null)
            text.Append(title).Append('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            if (line > 0)
                text.Append('\n');
            for (var column = 0; column < columns.Count; column++)
            {
                var cell = lines[line][column];
                var space = widths[column] - LabelText.Columns(cell);
                if (column > 0)
                    text.Append("  ");
                if (columns[column].IsNumber)
                    text.Append(' ', space).Append(cell);
                else if (column == columns.Count - 1)
                    text.Append(cell);
                else
                    text.Append(cell).Append(' ', space);
            }
        }
        return text.ToString();
    }

    /// <summary>A column.</summary>
    /// <param name="Head">What stands above it; empty for nothing.</param>
    /// <param name="IsNumber">Whether its cells are numbers, which stand at the right.</param>
    /// <param name="IsRowHead">Whether its cells name their rows.</param>
    public sealed record Column(string Head, bool IsNumber = false, bool IsRowHead = false)
    {
        /// <summary>What stands above it, as clean text.</summary>
        public string Head { get; } = LabelText.Clean(Head);
    }
}
