namespace Workbook;

/// <summary>A matrix as coloured cells, each with its value where there is room.</summary>
/// <example>
/// As the last line of a notebook cell:
/// <code>new Heatmap(similarities, sentences) { Title = "Cosine similarity" }</code>
/// </example>
public sealed class Heatmap : Figure
{
    /// <summary>More cells would make a page too heavy to open.</summary>
    internal const int MaxCells = 40_000;

    private readonly LabeledMatrix matrix;

    /// <summary>A square matrix whose rows and columns stand for the same things, such as the similarities of some sentences.</summary>
    /// <param name="values">Shape [labels, labels]; NaN and infinities are drawn as "no value".</param>
    /// <param name="labels">One for each row and its column.</param>
    /// <exception cref="ArgumentException">The matrix is empty or too large, or the labels are not as many.</exception>
    public Heatmap(float[,] values, IReadOnlyList<string> labels)
        : this(values, labels, labels) { }

    /// <summary>A matrix whose rows and columns stand for different things.</summary>
    /// <param name="values">Shape [rows, columns]; NaN and infinities are drawn as "no value".</param>
    /// <param name="rowLabels">One for each row.</param>
    /// <param name="columnLabels">One for each column.</param>
    /// <exception cref="ArgumentException">The matrix is empty or too large, or the labels are not as many.</exception>
    public Heatmap(
        float[,] values,
        IReadOnlyList<string> rowLabels,
        IReadOnlyList<string> columnLabels
    )
    {
        if (values?.Length > MaxCells)
            throw new ArgumentException(
                $"the matrix has {values.Length} cells; a heatmap shows at most {MaxCells}",
                nameof(values)
            );
        matrix = new(values!, rowLabels, columnLabels);
    }

    /// <summary>The values at the two ends of the colour scale; by default the smallest and the largest value.</summary>
    /// <exception cref="ArgumentException">Low is not below High, or one is not finite.</exception>
    public (float Low, float High)? Range
    {
        get;
        init
        {
            if (
                value is var (low, high)
                && !(low < high && float.IsFinite(low) && float.IsFinite(high))
            )
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"a range needs a finite low end below its high end, not ({low}, {high})"
                    ),
                    nameof(value)
                );
            field = value;
        }
    }

    /// <summary>How many decimals the values show, 0 to 9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 9.</exception>
    public int Decimals
    {
        get;
        init => field = LabeledMatrix.CheckDecimals(value);
    } = 3;

    /// <summary>A picture for each row, between its label and its cells; none if null.</summary>
    /// <exception cref="ArgumentException">There are not as many as rows.</exception>
    public IReadOnlyList<Thumbnail>? RowPictures
    {
        get;
        init
        {
            if (value is not null && value.Count != matrix.Rows)
                throw new ArgumentException(
                    $"the matrix has {matrix.Rows} rows, but there are {value.Count} pictures",
                    nameof(value)
                );
            field = value is null ? null : [.. value];
        }
    }

    /// <inheritdoc/>
    public override string ToSvg() => HeatmapSvg.Write(Layout());

    /// <inheritdoc/>
    public override string ToPlotlyJson() => HeatmapPlotly.Write(Layout());

    /// <summary>The title, the values as an aligned table, and the source.</summary>
    public override string ToString() =>
        matrix.ToTable(Title, Decimals) + (Source is null ? "" : $"\n{Source}");

    private HeatmapLayout Layout() =>
        new(
            matrix,
            Range is var (low, high) ? new(low, high) : ValueRange.Of(matrix.FiniteValues),
            Title,
            Decimals,
            RowPictures
        );
}
