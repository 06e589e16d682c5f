namespace Workbook;

/// <summary>Where everything of a heatmap lies, in px at its natural size: the one plan that the SVG and the Plotly chart share.</summary>
internal sealed class HeatmapLayout
{
    public const double LineHeight = 1.25; // em
    public const double TitleFont = 16;
    public const double TickFont = 12;
    public const double BarWidth = 14;

    /// <summary>Around the figure.</summary>
    public const double Margin = 6;

    /// <summary>Between the cells and their labels.</summary>
    public const double Gap = 8;

    /// <summary>Between the cells and the colour bar.</summary>
    public const double BarGap = 18;

    /// <summary>Between the colour bar and its numbers.</summary>
    public const double TickGap = 6;

    private const double MinWidth = 240;
    private const double MaxTitleWidth = 560;
    private const double ButtonsWidth = 100;
    private const double RowLabelWidth = 9.5; // em, over as many lines as the row has room for
    private const double OneLineWidth = 15; // em
    private const double SlantedWidth = 11; // em
    private const int MaxLines = 4;

    public HeatmapLayout(
        LabeledMatrix matrix,
        ValueRange range,
        string? title,
        int decimals,
        IReadOnlyList<Thumbnail>? rowPictures
    )
    {
        Matrix = matrix;
        RowPictures = rowPictures ?? [];
        Range = range;
        Title = title;
        Decimals = decimals;

        // Pages are narrow but long.
        Cell = Math.Floor(Math.Clamp(Math.Min(600.0 / matrix.Columns, 800.0 / matrix.Rows), 3, 88));
        LabelFont = Math.Clamp(8 + Cell / 12, 9, 13);
        LabelStep = (int)Math.Ceiling(LabelFont * 1.1 / Cell);
        ValueFont = FitValues();
        MatrixWidth = Cell * matrix.Columns;
        MatrixHeight = Cell * matrix.Rows;

        var lines = Math.Clamp((int)(Cell / (LabelFont * LineHeight)), 1, MaxLines);
        var rowWidth = lines == 1 ? OneLineWidth : RowLabelWidth;
        RowLabels = [.. matrix.RowLabels.Select(label => LabelText.Wrap(label, rowWidth, lines))];

        var columnWidth = (Cell - 6) / LabelFont;
        var level = matrix.ColumnLabels.All(label =>
            LabelText.WrapsWhole(label, columnWidth, MaxLines)
        );
        // Slanted lines of text lie closer together than the columns do.
        var slants = LabelStep * Cell * Math.Sqrt(0.5) >= LabelFont * 1.1;
        ColumnAngle =
            level ? 0
            : slants ? 45
            : 90;
        ColumnLabels =
        [
            .. matrix.ColumnLabels.Select(label =>
                level
                    ? LabelText.Wrap(label, columnWidth, MaxLines)
                    : LabelText.Wrap(label, SlantedWidth, 1)
            ),
        ];

        BarHeight = Math.Max(MatrixHeight, 72);
        Ticks = range.Ticks((int)Math.Clamp(BarHeight / 44, 3, 6));

        Left = Margin + Math.Max(RowLabels.Max(LinesWidth) + RowLabelGap, SlantedOverhang());
        BarLeft = Left + MatrixWidth + BarGap;
        var tickWidth = Ticks.Max(tick => LabelText.Width(tick.Text)) * TickFont;
        // A figure of few cells is as wide as its title, with room for plotly's buttons, so that one line will do.
        var titleWidth = LabelText.Width(title ?? "") * TitleFont + ButtonsWidth + 2 * Margin;
        Width = Math.Ceiling(
            Math.Max(
                Math.Max(MinWidth, Math.Min(titleWidth, MaxTitleWidth)),
                BarLeft + BarWidth + TickGap + tickWidth + Margin
            )
        );
        TitleLines = LabelText.Wrap(title ?? "", (Width - 2 * Margin) / TitleFont, 3);
        var titleHeight = TitleLines.Count * TitleFont * LineHeight;
        TitleCenter = Margin + titleHeight / 2;
        Top = Margin + titleHeight + (titleHeight > 0 ? Gap : 0) + TickFont / 2;
        Height = Math.Ceiling(
            Math.Max(Top + MatrixHeight + Gap + ColumnLabelHeight(), Top + BarHeight + TickFont / 2)
                + Margin
        );
    }

    public LabeledMatrix Matrix { get; }
    public ValueRange Range { get; }
    public string? Title { get; }
    public int Decimals { get; }

    /// <summary>The side of a cell.</summary>
    public double Cell { get; }

    /// <summary>One for each row, or none at all.</summary>
    public IReadOnlyList<Thumbnail> RowPictures { get; }

    /// <summary>The side of the square that a row's picture fits in.</summary>
    public double PictureSide => Cell - CellGap;

    /// <summary>Between a row's label and its cells.</summary>
    public double RowLabelGap => RowPictures.Count == 0 ? Gap : PictureSide + 2 * Gap;

    /// <summary>Between cells; small ones touch, since a gap would be most of them.</summary>
    public double CellGap => Cell < 8 ? 0 : 1;

    public double LabelFont { get; }

    /// <summary>Every how many-th row and column has a label, so that labels never overlap.</summary>
    public int LabelStep { get; }

    /// <summary>The font size of the values in the cells; 0 where they would be too small to read.</summary>
    public double ValueFont { get; }
    public double MatrixWidth { get; }
    public double MatrixHeight { get; }
    public IReadOnlyList<string>[] RowLabels { get; }
    public IReadOnlyList<string>[] ColumnLabels { get; }

    /// <summary>How far the column labels turn from level, counter-clockwise: 0, 45 or 90 degrees, as there is room.</summary>
    public double ColumnAngle { get; }
    public double BarHeight { get; }
    public IReadOnlyList<(double Value, string Text)> Ticks { get; }
    public double Left { get; }
    public double Top { get; }
    public double BarLeft { get; }
    public double Width { get; }
    public double Height { get; }
    public IReadOnlyList<string> TitleLines { get; }
    public double TitleCenter { get; }

    /// <summary>The rows or columns that have a label.</summary>
    public IEnumerable<int> Labeled(int count) =>
        Enumerable.Range(0, count).Where(index => index % LabelStep == 0);

    private double FitValues()
    {
        if (Cell < 20)
            return 0;
        var widest = 0.0;
        for (var row = 0; row < Matrix.Rows; row++)
        for (var column = 0; column < Matrix.Columns; column++)
            widest = Math.Max(widest, LabelText.Width(Matrix.Format(row, column, Decimals)));
        var font = Math.Min(14, Math.Floor(Cell * 0.8 / widest));
        return font < 8 ? 0 : font;
    }

    private double LinesWidth(IReadOnlyList<string> lines) =>
        lines.Select(LabelText.Width).DefaultIfEmpty(0).Max() * LabelFont;

    /// <summary>How far slanted labels reach to the left of the cells.</summary>
    private double SlantedOverhang() =>
        ColumnAngle == 0
            ? 0
            : Labeled(Matrix.Columns)
                .Max(column =>
                    LinesWidth(ColumnLabels[column]) * Math.Cos(ColumnAngle * Math.PI / 180)
                    - (column + 0.5) * Cell
                );

    private double ColumnLabelHeight() =>
        ColumnAngle == 0
            ? ColumnLabels.Max(lines => lines.Count) * LabelFont * LineHeight
            : ColumnLabels.Max(LinesWidth) * Math.Sin(ColumnAngle * Math.PI / 180) + LabelFont / 2;
}
