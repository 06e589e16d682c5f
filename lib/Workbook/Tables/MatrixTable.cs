using System.Globalization;
using System.Net;
using System.Text;

namespace Workbook;

/// <summary>A matrix as a table of numbers with labels, in HTML that screen readers can walk and in plain text that lines up.</summary>
/// <example>
/// As the last line of a notebook cell:
/// <code>new MatrixTable(similarities, sentences)</code>
/// </example>
[TypeFormatterSource(
    typeof(HtmlOutputFormatterSource),
    PreferredMimeTypes = [HtmlOutputFormatterSource.Html, HtmlOutputFormatterSource.PlainText]
)]
public sealed class MatrixTable : IHtmlOutput
{
    private readonly LabeledMatrix matrix;

    /// <summary>A square matrix whose rows and columns stand for the same things.</summary>
    /// <param name="values">Shape [labels, labels].</param>
    /// <param name="labels">One for each row and its column.</param>
    /// <exception cref="ArgumentException">The matrix is empty, or the labels are not as many.</exception>
    public MatrixTable(float[,] values, IReadOnlyList<string> labels)
        : this(values, labels, labels) { }

    /// <summary>A matrix whose rows and columns stand for different things.</summary>
    /// <param name="values">Shape [rows, columns].</param>
    /// <param name="rowLabels">One for each row.</param>
    /// <param name="columnLabels">One for each column.</param>
    /// <exception cref="ArgumentException">The matrix is empty, or the labels are not as many.</exception>
    public MatrixTable(
        float[,] values,
        IReadOnlyList<string> rowLabels,
        IReadOnlyList<string> columnLabels
    ) => matrix = new(values, rowLabels, columnLabels);

    /// <summary>The caption; none if null.</summary>
    public string? Title
    {
        get;
        init => field = value is null ? null : LabelText.Clean(value);
    }

    /// <summary>How many decimals the values show, 0 to 9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 9.</exception>
    public int Decimals
    {
        get;
        init => field = LabeledMatrix.CheckDecimals(value);
    } = 4;

    /// <summary>A table element with headers for its rows and columns, in the colours of the page around it.</summary>
    public string ToHtml()
    {
        const string Cell = "padding:0.3em 0.8em;border:0;border-bottom:1px solid #8886;";
        const string Head =
            Cell + "max-width:12em;font-weight:600;word-break:keep-all;overflow-wrap:break-word;";
        var html = new StringBuilder(
            "<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;margin:0\">"
        );
        if (Title is not null)
            html.Append(
                CultureInfo.InvariantCulture,
                $"\n<caption style=\"text-align:left;font-weight:600\">{Encode(Title)}</caption>"
            );
        html.Append("\n<thead><tr><td style=\"border:0\"></td>");
        foreach (var label in matrix.ColumnLabels)
            AppendHead("col", "right", label);
        html.Append("</tr></thead>\n<tbody>");
        for (var row = 0; row < matrix.Rows; row++)
        {
            html.Append("\n<tr>");
            AppendHead("row", "left", matrix.RowLabels[row]);
            for (var column = 0; column < matrix.Columns; column++)
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<td style=\"{Cell}text-align:right;font-variant-numeric:tabular-nums\">{matrix.Format(row, column, Decimals)}</td>"
                );
            html.Append("</tr>");
        }
        return html.Append("\n</tbody></table></div>").ToString();

        void AppendHead(string scope, string align, string label) =>
            html.Append(
                CultureInfo.InvariantCulture,
                $"<th scope=\"{scope}\" style=\"{Head}text-align:{align}\"><bdi>{Encode(label)}</bdi></th>"
            );
    }

    /// <summary>The title, and the values as an aligned table.</summary>
    public override string ToString() => matrix.ToPlainText(Title, Decimals);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
