using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Workbook;

/// <summary>Writes a heatmap as plotly.js takes it, to look as its SVG does.</summary>
internal static class HeatmapPlotly
{
    // Korean stays readable; < > & and quotes are escaped, so that no label can end the script element.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static string Write(HeatmapLayout layout) =>
        JsonSerializer.Serialize(
            new { data = new[] { Trace(layout) }, layout = Chart(layout) },
            Options
        );

    private static object Trace(HeatmapLayout layout)
    {
        var (matrix, range) = (layout.Matrix, layout.Range);
        var rows = HoverLabels(matrix.RowLabels);
        var columns = HoverLabels(matrix.ColumnLabels);
        return new
        {
            type = "heatmap",
            // Plotly has no word for NaN and infinities; a null is an empty cell.
            z = Grid(
                matrix,
                (row, column) =>
                    matrix[row, column] is var value && float.IsFinite(value)
                        ? Rounded(value)
                        : (float?)null
            ),
            zmin = range.Low,
            zmax = range.High,
            hovertext = Grid(
                matrix,
                (row, column) =>
                    $"{rows[row]}<br>× {columns[column]}<br><b>{matrix.Format(row, column, layout.Decimals)}</b>"
            ),
            hoverinfo = "text",
            xgap = layout.CellGap,
            ygap = layout.CellGap,
            colorscale = ColorScale.ControlPoints.Select(point =>
                new object[] { point.Position, point.Color }
            ),
            colorbar = new
            {
                outlinewidth = 0,
                thickness = HeatmapLayout.BarWidth,
                lenmode = "pixels",
                len = layout.BarHeight,
                x = 1 + HeatmapLayout.BarGap / layout.MatrixWidth,
                xpad = 0,
                y = 1,
                yanchor = "top",
                ypad = 0,
                // Clear ticks keep the numbers off the bar.
                ticks = "outside",
                ticklen = HeatmapLayout.TickGap / 2,
                tickcolor = "rgba(0,0,0,0)",
                tickvals = layout.Ticks.Select(tick => tick.Value),
                ticktext = layout.Ticks.Select(tick => tick.Text),
                tickfont = new { size = HeatmapLayout.TickFont },
            },
        };
    }

    private static object Chart(HeatmapLayout layout)
    {
        var matrix = layout.Matrix;
        return new
        {
            width = layout.Width,
            height = layout.Height,
            // What is left between the margins is the cells, so they are square.
            margin = new
            {
                l = layout.Left,
                r = layout.Width - layout.Left - layout.MatrixWidth,
                t = layout.Top,
                b = layout.Height - layout.Top - layout.MatrixHeight,
                pad = 0,
                autoexpand = false,
            },
            font = new { family = Figure.FontFamily },
            hoverlabel = new { font = new { family = Figure.FontFamily } },
            modebar = new
            {
                bgcolor = "rgba(0,0,0,0)",
                color = "rgba(128,128,128,0.7)",
                activecolor = "rgb(128,128,128)",
            },
            paper_bgcolor = "rgba(0,0,0,0)",
            plot_bgcolor = "rgba(128,128,128,0.15)",
            title = new
            {
                text = $"<b>{Join(layout.TitleLines)}</b>",
                font = new { size = HeatmapLayout.TitleFont },
                xref = "container",
                x = HeatmapLayout.Margin / layout.Width,
                xanchor = "left",
                yref = "container",
                y = 1 - layout.TitleCenter / layout.Height,
                yanchor = "middle",
            },
            xaxis = new
            {
                tickvals = layout.Labeled(matrix.Columns),
                ticktext = Labels(layout, layout.ColumnLabels),
                tickangle = -layout.ColumnAngle,
                tickfont = new { size = layout.LabelFont },
                ticks = "",
                ticklabelstandoff = HeatmapLayout.Gap,
                showgrid = false,
                zeroline = false,
                constrain = "domain",
            },
            yaxis = new
            {
                autorange = "reversed",
                tickvals = layout.Labeled(matrix.Rows),
                ticktext = Labels(layout, layout.RowLabels),
                tickfont = new { size = layout.LabelFont },
                ticks = "",
                ticklabelstandoff = layout.RowLabelGap,
                showgrid = false,
                zeroline = false,
                constrain = "domain",
                // Cells stay square when a reader zooms.
                scaleanchor = "x",
            },
            annotations = Annotations(layout),
            images = layout.RowPictures.Select((picture, row) => RowPicture(layout, picture, row)),
        };
    }

    // To the left of the cells, at its row wherever a reader moves that to.
    private static object RowPicture(HeatmapLayout layout, Thumbnail picture, int row) =>
        new
        {
            source = picture.DataUri,
            xref = "paper",
            x = -HeatmapLayout.Gap / layout.MatrixWidth,
            xanchor = "right",
            sizex = layout.PictureSide / layout.MatrixWidth,
            yref = "y",
            y = row,
            yanchor = "middle",
            sizey = layout.PictureSide / layout.Cell,
        };

    /// <summary>The values, coloured as in the SVG: Plotly's own choice of black or white goes by another rule.</summary>
    private static IEnumerable<object> Annotations(HeatmapLayout layout)
    {
        var matrix = layout.Matrix;
        if (layout.ValueFont > 0)
            for (var row = 0; row < matrix.Rows; row++)
            for (var column = 0; column < matrix.Columns; column++)
                if (float.IsFinite(matrix[row, column]))
                    yield return new
                    {
                        x = column,
                        y = row,
                        text = matrix.Format(row, column, layout.Decimals),
                        showarrow = false,
                        font = new
                        {
                            size = layout.ValueFont,
                            color = ColorScale.TextOn(layout.Range.Position(matrix[row, column])),
                        },
                    };
    }

    // Equal labels would be one category to Plotly, so rows and columns are numbers that wear labels.
    private static IEnumerable<string> Labels(
        HeatmapLayout layout,
        IReadOnlyList<string>[] labels
    ) => layout.Labeled(labels.Length).Select(index => Join(labels[index]));

    private static string[] HoverLabels(string[] labels) =>
        [.. labels.Select(label => Join(LabelText.Wrap(label, width: 20, maxLines: 4)))];

    private static T[][] Grid<T>(LabeledMatrix matrix, Func<int, int, T> cell) =>
        [
            .. Enumerable
                .Range(0, matrix.Rows)
                .Select(row =>
                    Enumerable
                        .Range(0, matrix.Columns)
                        .Select(column => cell(row, column))
                        .ToArray()
                ),
        ];

    private static string Join(IReadOnlyList<string> lines) =>
        string.Join("<br>", lines.Select(Literal));

    /// <summary>Text as Plotly shows it letter for letter: its labels are a small HTML, and TeX between dollar signs where MathJax is loaded.</summary>
    private static string Literal(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("$", "&#36;");

    // Six digits are more than an eye can tell; the last ones of a float differ from machine to machine, and a notebook that
    // is run again shall not.
    private static float Rounded(float value) =>
        float.Parse(
            value.ToString("G6", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture
        );
}
