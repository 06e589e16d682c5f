using System.Xml.Linq;

namespace Workbook;

/// <summary>Draws a heatmap as SVG, without ids, scripts or outer styles, so that figures on one page cannot clash.</summary>
internal static class HeatmapSvg
{
    private const int BarSteps = 64;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Write(HeatmapLayout layout)
    {
        var matrix = layout.Matrix;
        var (width, height) = (layout.Width, layout.Height);
        var smallest = Math.Floor(width * Figure.SmallestScale);
        var svg = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", FormattableString.Invariant($"0 0 {width} {height}")),
            Number("width", width),
            Number("height", height),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", Summary(layout)),
            new XAttribute("font-family", Figure.FontFamily),
            new XAttribute("fill", "currentColor"),
            new XAttribute(
                "style",
                FormattableString.Invariant(
                    $"display:block;width:100%;max-width:{width}px;min-width:{smallest}px;height:auto"
                )
            ),
            // Only a file of its own matches svg:root; on a page the colour is that of the text around.
            new XElement(Svg + "style", "svg:root{color-scheme:light dark;color:CanvasText}"),
            Text(
                layout.TitleLines,
                HeatmapLayout.Margin,
                layout.TitleCenter,
                HeatmapLayout.TitleFont,
                "start",
                new XAttribute("font-weight", 600)
            )
        );
        for (var row = 0; row < matrix.Rows; row++)
        for (var column = 0; column < matrix.Columns; column++)
            svg.Add(Cell(layout, row, column));
        svg.Add(layout.Labeled(matrix.Rows).Select(row => RowLabel(layout, row)));
        svg.Add(layout.RowPictures.Select((picture, row) => RowPicture(layout, picture, row)));
        svg.Add(layout.Labeled(matrix.Columns).Select(column => ColumnLabel(layout, column)));
        svg.Add(Bar(layout));
        return svg.ToString(SaveOptions.DisableFormatting);
    }

    private static string Summary(HeatmapLayout layout)
    {
        var (matrix, range) = (layout.Matrix, layout.Range);
        var title = layout.Title is null ? "" : LabelText.Isolate(layout.Title) + ": ";
        return FormattableString.Invariant(
            $"{title}heatmap, {matrix.Rows} × {matrix.Columns}, colours from {range.Low:G4} to {range.High:G4}"
        );
    }

    private static XElement Cell(HeatmapLayout layout, int row, int column)
    {
        var (matrix, size) = (layout.Matrix, layout.Cell);
        var (x, y) = (layout.Left + column * size, layout.Top + row * size);
        var value = matrix[row, column];
        var position = layout.Range.Position(value);
        var cell = new XElement(
            Svg + "g",
            new XElement(Svg + "title", matrix.Tooltip(row, column, layout.Decimals))
        );
        var side = size - layout.CellGap;
        var square = Rectangle(x, y, side, side);
        cell.Add(square);
        if (float.IsFinite(value))
            square.Add(new XAttribute("fill", ColorScale.At(position)));
        else
        {
            // "No value" is grey and crossed out, in a shade that both light and dark pages show.
            square.Add(new XAttribute("fill-opacity", 0.12));
            cell.Add(
                new XElement(
                    Svg + "path",
                    new XAttribute(
                        "d",
                        FormattableString.Invariant(
                            $"M{Round(x)} {Round(y + side)}l{Round(side)} {Round(-side)}"
                        )
                    ),
                    new XAttribute("stroke", "currentColor"),
                    new XAttribute("stroke-opacity", 0.4)
                )
            );
        }
        if (layout.ValueFont > 0 && float.IsFinite(value))
            cell.Add(
                Text(
                    [matrix.Format(row, column, layout.Decimals)],
                    x + side / 2,
                    y + side / 2,
                    layout.ValueFont,
                    "middle",
                    new XAttribute("fill", ColorScale.TextOn(position))
                )
            );
        return cell;
    }

    private static XElement RowLabel(HeatmapLayout layout, int row) =>
        Text(
            layout.RowLabels[row],
            layout.Left - layout.RowLabelGap,
            layout.Top + (row + 0.5) * layout.Cell,
            layout.LabelFont,
            "end",
            new XElement(Svg + "title", layout.Matrix.RowLabels[row])
        );

    private static XElement RowPicture(HeatmapLayout layout, Thumbnail picture, int row) =>
        new(
            Svg + "image",
            Number("x", layout.Left - HeatmapLayout.Gap - layout.PictureSide),
            Number("y", layout.Top + row * layout.Cell),
            Number("width", layout.PictureSide),
            Number("height", layout.PictureSide),
            new XAttribute("href", picture.DataUri),
            new XElement(Svg + "title", layout.Matrix.RowLabels[row])
        );

    private static XElement ColumnLabel(HeatmapLayout layout, int column)
    {
        var lines = layout.ColumnLabels[column];
        var lineHeight = layout.LabelFont * HeatmapLayout.LineHeight;
        var x = layout.Left + (column + 0.5) * layout.Cell;
        var y = layout.Top + layout.MatrixHeight + HeatmapLayout.Gap;
        var tooltip = new XElement(Svg + "title", layout.Matrix.ColumnLabels[column]);
        if (layout.ColumnAngle == 0)
            return Text(
                lines,
                x,
                y + lines.Count * lineHeight / 2,
                layout.LabelFont,
                "middle",
                tooltip
            );
        var turn = new XAttribute(
            "transform",
            FormattableString.Invariant($"rotate({-layout.ColumnAngle} {Round(x)} {Round(y)})")
        );
        return Text(lines, x, y, layout.LabelFont, "end", tooltip, turn);
    }

    private static IEnumerable<XElement> Bar(HeatmapLayout layout)
    {
        var step = layout.BarHeight / BarSteps;
        for (var i = 0; i < BarSteps; i++)
        {
            var y = layout.Top + i * step;
            // Each step reaches under the next one, so that no seam shows.
            var height = Math.Min(2 * step, layout.Top + layout.BarHeight - y);
            var square = Rectangle(layout.BarLeft, y, HeatmapLayout.BarWidth, height);
            square.Add(new XAttribute("fill", ColorScale.At(1 - (i + 0.5) / BarSteps)));
            yield return square;
        }
        foreach (var (value, text) in layout.Ticks)
            yield return Text(
                [text],
                layout.BarLeft + HeatmapLayout.BarWidth + HeatmapLayout.TickGap,
                layout.Top + (1 - layout.Range.Position(value)) * layout.BarHeight,
                HeatmapLayout.TickFont,
                "start"
            );
    }

    private static XElement Rectangle(double x, double y, double width, double height) =>
        new(
            Svg + "rect",
            Number("x", x),
            Number("y", y),
            Number("width", width),
            Number("height", height)
        );

    /// <summary>Lines of text, one under the other around a vertical centre.</summary>
    private static XElement Text(
        IReadOnlyList<string> lines,
        double x,
        double center,
        double font,
        string anchor,
        params XObject[] more
    )
    {
        var text = new XElement(
            Svg + "text",
            Number("font-size", font),
            new XAttribute("text-anchor", anchor),
            more
        );
        for (var i = 0; i < lines.Count; i++)
        {
            var middle = center + (i - (lines.Count - 1) / 2.0) * font * HeatmapLayout.LineHeight;
            // A line's middle is about 0.35 em above its baseline.
            text.Add(
                new XElement(
                    Svg + "tspan",
                    Number("x", x),
                    Number("y", middle + 0.35 * font),
                    lines[i]
                )
            );
        }
        return text;
    }

    private static XAttribute Number(string name, double value) => new(name, Round(value));

    private static double Round(double value) => Math.Round(value, 2);
}
