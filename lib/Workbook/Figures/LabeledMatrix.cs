using System.Globalization;

namespace Workbook;

/// <summary>A matrix with a label for each row and column: checked, copied, and safe to show.</summary>
internal sealed class LabeledMatrix
{
    /// <summary>How much of a label its cells' tooltips repeat, in em and in UTF-16 code units: some characters have no width.</summary>
    private const int TooltipLabelWidth = 100,
        TooltipLabelLength = 500;

    private readonly float[,] values; // [rows, columns]
    private readonly string[] tooltipRows;
    private readonly string[] tooltipColumns;

    public LabeledMatrix(
        float[,] values,
        IReadOnlyList<string> rowLabels,
        IReadOnlyList<string> columnLabels
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0)
            throw new ArgumentException(
                $"the matrix is empty: its shape is ({values.GetLength(0)}, {values.GetLength(1)})",
                nameof(values)
            );
        this.values = (float[,])values.Clone();
        RowLabels = Check(rowLabels, values.GetLength(0), "row", nameof(rowLabels));
        ColumnLabels = Check(columnLabels, values.GetLength(1), "column", nameof(columnLabels));
        tooltipRows = [.. RowLabels.Select(TooltipLabel)];
        tooltipColumns = [.. ColumnLabels.Select(TooltipLabel)];
    }

    public string[] RowLabels { get; }

    public string[] ColumnLabels { get; }

    public int Rows => RowLabels.Length;

    public int Columns => ColumnLabels.Length;

    public float this[int row, int column] => values[row, column];

    /// <summary>The values that are numbers, row after row.</summary>
    public IEnumerable<float> FiniteValues => values.Cast<float>().Where(float.IsFinite);

    /// <summary>The value as a learner reads it, with a point for the decimals in every culture and no "-0.000".</summary>
    public string Format(int row, int column, int decimals)
    {
        var value = values[row, column];
        if (!float.IsFinite(value))
            return float.IsNaN(value) ? "NaN"
                : value > 0 ? "∞"
                : "-∞";
        var text = value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAnyExcept("-0.") ? text : text.TrimStart('-');
    }

    /// <summary>What a cell says when pointed at, such as "cat × dog: 0.672".</summary>
    public string Tooltip(int row, int column, int decimals) =>
        $"{tooltipRows[row]} × {tooltipColumns[column]}: {Format(row, column, decimals)}";

    /// <summary>The matrix as a table, a row for each of its rows.</summary>
    public TextTable ToTable(string? title, int decimals)
    {
        var table = new TextTable(
            title,
            [
                new("", IsRowHead: true),
                .. ColumnLabels.Select(label => new TextTable.Column(label, IsNumber: true)),
            ]
        );
        for (var row = 0; row < Rows; row++)
            table.Add([
                RowLabels[row],
                .. Enumerable.Range(0, Columns).Select(column => Format(row, column, decimals)),
            ]);
        return table;
    }

    /// <summary>Holds a number of decimals to what a float has.</summary>
    public static int CheckDecimals(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 9);
        return decimals;
    }

    private static string TooltipLabel(string label)
    {
        var text =
            label.Length > TooltipLabelLength
                ? LabelText.Clean(label[..TooltipLabelLength]) // the cut may halve a surrogate pair
                : label;
        return LabelText.Isolate(LabelText.Elide(text, TooltipLabelWidth));
    }

    private static string[] Check(
        IReadOnlyList<string> labels,
        int expected,
        string side,
        string parameter
    )
    {
        ArgumentNullException.ThrowIfNull(labels, parameter);
        if (labels.Count != expected)
            throw new ArgumentException(
                $"the matrix has {expected} {side}s, but there are {labels.Count} {side} labels",
                parameter
            );
        return
        [
            .. labels.Select(
                (label, index) =>
                    LabelText.Clean(
                        label
                            ?? throw new ArgumentException(
                                $"{side} label {index} is null",
                                parameter
                            )
                    )
            ),
        ];
    }
}
