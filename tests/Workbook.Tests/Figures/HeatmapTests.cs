using System.Globalization;

namespace Workbook.Tests;

public sealed class HeatmapTests
{
    [Fact]
    public void Its_plain_text_is_a_table_whose_columns_line_up_where_Hangul_is_two_wide()
    {
        var heatmap = new Heatmap(
            new[,]
            {
                { 1, 0.25f },
                { -0.5f, 1 },
            },
            ["가나다", "ab"],
            ["비", "column"]
        )
        {
            Title = "제목",
        };
        Assert.Equal(
            """
            제목
                        비  column
            가나다   1.000   0.250
            ab      -0.500   1.000
            """.ReplaceLineEndings("\n"),
            heatmap.ToString()
        );
    }

    [Fact]
    public void Later_changes_to_the_array_do_not_change_the_figure()
    {
        float[,] values =
        {
            { 0.25f },
        };
        var heatmap = new Heatmap(values, ["a"]);
        var before = heatmap.ToSvg();
        values[0, 0] = 0.75f;
        Assert.Equal(before, heatmap.ToSvg());
    }

    [Fact]
    public void The_same_matrix_gives_the_same_bytes_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        Heatmap Negative() =>
            new(
                new[,]
                {
                    { -1.5f, 0.25f },
                },
                ["a"],
                ["b", "c"]
            );
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            var (html, text) = (Negative().ToHtml(), Negative().ToString());
            foreach (var name in new[] { "de-DE", "sv-SE", "ar-SA", "ko-KR" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                Assert.Equal(html, Negative().ToHtml());
                Assert.Equal(text, Negative().ToString());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_number_that_rounds_to_zero_has_no_sign()
    {
        var text = new Heatmap(
            new[,]
            {
                { -0.0004f, -0.0006f },
            },
            ["a"],
            ["b", "c"]
        ).ToString();
        Assert.Contains(" 0.000  -0.001", text);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void An_empty_matrix_is_refused_with_its_shape(int rows, int columns)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new Heatmap(new float[rows, columns], new string[rows], new string[columns])
        );
        Assert.Contains($"empty: its shape is ({rows}, {columns})", error.Message);
    }

    [Fact]
    public void Labels_must_be_as_many_as_rows_and_columns()
    {
        var matrix = new float[2, 3];
        var rows = Assert.Throws<ArgumentException>(() =>
            new Heatmap(matrix, ["a"], ["x", "y", "z"])
        );
        Assert.Contains("2 rows, but there are 1 row labels", rows.Message);
        var columns = Assert.Throws<ArgumentException>(() => new Heatmap(matrix, ["a", "b"]));
        Assert.Contains("3 columns, but there are 2 column labels", columns.Message);
    }

    [Fact]
    public void Missing_arguments_are_named()
    {
        Assert.Throws<ArgumentNullException>("values", () => new Heatmap(null!, ["a"]));
        Assert.Throws<ArgumentNullException>(
            "rowLabels",
            () => new Heatmap(new float[1, 1], null!)
        );
        var error = Assert.Throws<ArgumentException>(() =>
            new Heatmap(new float[2, 2], ["a", null!])
        );
        Assert.Contains("row label 1 is null", error.Message);
    }

    [Fact]
    public void A_matrix_too_large_for_a_page_is_refused()
    {
        string[] rows = Lecture.Numbered(201, "r"),
            columns = Lecture.Numbered(200, "c");
        Assert.NotNull(new Heatmap(new float[200, 200], columns));
        var error = Assert.Throws<ArgumentException>(() =>
            new Heatmap(new float[201, 200], rows, columns)
        );
        Assert.Contains("40200 cells; a heatmap shows at most 40000", error.Message);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(float.NaN, 1)]
    [InlineData(0, float.PositiveInfinity)]
    public void A_range_that_is_none_is_refused(float low, float high) =>
        Assert.Throws<ArgumentException>(() =>
            new Heatmap(new float[1, 1], ["a"]) { Range = (low, high) }
        );

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void Decimals_are_those_that_a_float_has(int decimals)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new Heatmap(new float[1, 1], ["a"]) { Decimals = decimals }
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new MatrixTable(new float[1, 1], ["a"]) { Decimals = decimals }
        );
    }
}
