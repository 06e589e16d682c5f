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
    public string ToHtml() => Table().ToHtml();

    /// <summary>The title, and the values as an aligned table.</summary>
    public override string ToString() => Table().ToString();

    private TextTable Table() => matrix.ToTable(Title, Decimals);
}
