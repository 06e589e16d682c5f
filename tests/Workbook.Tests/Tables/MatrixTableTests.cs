using System.Xml.Linq;

namespace Workbook.Tests;

public sealed class MatrixTableTests
{
    [Fact]
    public void Rows_and_columns_have_headers_that_say_so()
    {
        var html = Parse(
            new MatrixTable(Lecture.Cosines, Lecture.Sentences) { Title = "코사인 유사도" }
        );
        Assert.Equal("코사인 유사도", html.Descendants("caption").Single().Value);
        Assert.Equal(Lecture.Sentences, Headers(html, "col"));
        Assert.Equal(Lecture.Sentences, Headers(html, "row"));
    }

    [Fact]
    public void Values_have_fixed_decimals()
    {
        var html = Parse(new MatrixTable(Lecture.Cosines, Lecture.Sentences));
        var first = html.Descendants("tbody").Single().Elements("tr").First();
        Assert.Equal(
            ["1.0000", "0.8007", "0.2443"],
            first.Elements("td").Select(cell => cell.Value)
        );
        var rounded = Parse(new MatrixTable(Lecture.Cosines, Lecture.Sentences) { Decimals = 1 });
        Assert.Equal("0.8", rounded.Descendants("td").ElementAt(2).Value);
    }

    [Fact]
    public void Its_plain_text_is_what_the_lecture_prints() =>
        Assert.Equal(
            """
                                         오늘 날씨가 좋아요  오늘 하늘이 맑아요  프로그램을 배우고 싶습니다.
            오늘 날씨가 좋아요                       1.0000              0.8007                       0.2443
            오늘 하늘이 맑아요                       0.8007              1.0000                       0.1786
            프로그램을 배우고 싶습니다.              0.2443              0.1786                       1.0000
            """.ReplaceLineEndings("\n"),
            new MatrixTable(Lecture.Cosines, Lecture.Sentences).ToString()
        );

    [Theory]
    [MemberData(nameof(Lecture.HostileLabels), MemberType = typeof(Lecture))]
    public void Any_label_is_text_alone(string label)
    {
        var html = Parse(new MatrixTable(new float[1, 1], [label]) { Title = label });
        Assert.Equal([LabelText.Clean(label)], Headers(html, "row"));
        Assert.Equal(LabelText.Clean(label), html.Descendants("caption").Single().Value);
    }

    private static IEnumerable<string> Headers(XElement html, string scope) =>
        html.Descendants("th")
            .Where(head => head.Attribute("scope")!.Value == scope)
            .Select(head => head.Value);

    private static XElement Parse(MatrixTable table) =>
        XDocument.Parse(table.ToHtml(), LoadOptions.PreserveWhitespace).Root!;
}
