namespace Workbook.Tests;

public sealed class TextTableTests
{
    private static TextTable Table()
    {
        var table = new TextTable(
            "점수",
            [new("문장", IsRowHead: true), new("수", IsNumber: true), new("비고")]
        );
        table.Add("날씨", "1.5", "a");
        table.Add("<b>", "10", "& more");
        return table;
    }

    [Fact]
    public void Plain_text_lines_up_with_a_hangul_syllable_as_two_columns() =>
        Assert.Equal(
            """
            점수
            문장   수  비고
            날씨  1.5  a
            <b>    10  & more
            """.ReplaceLineEndings("\n"),
            Table().ToString()
        );

    [Fact]
    public void Html_escapes_every_cell()
    {
        var html = Table().ToHtml();
        Assert.Contains("<bdi>&lt;b&gt;</bdi></th>", html, StringComparison.Ordinal);
        Assert.Contains("<bdi>&amp; more</bdi></td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_needs_a_cell_for_each_column() =>
        Assert.Throws<ArgumentException>(() => Table().Add("only one"));
}
