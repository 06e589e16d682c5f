using System.Text.Json.Nodes;
using Plotly.NET;

namespace Workbook.Packages.Tests;

/// <summary>Our figures as charts of Plotly.NET, and its charts as figures.</summary>
public class PlotlyChartsTests
{
    private static readonly float[,] Cosines =
    {
        { 1, 0.672f, float.NaN },
        { 0.672f, 1, 0.25f },
    };

    private static readonly Heatmap Figure = new(Cosines, ["날씨", "<하늘> & $"], ["a", "b", "c"])
    {
        Title = "Cosine \"similarity\"",
        Range = (0, 1),
    };

    [Fact]
    public void A_chart_is_all_that_the_figure_gives_plotly()
    {
        var expected = JsonNode.Parse(Figure.ToPlotlyJson())!;
        var chart = JsonNode.Parse(GenericChart.toFigureJson(Figure.ToChart()))!;
        Assert.True(
            JsonNode.DeepEquals(expected["data"], chart["data"]),
            $"{expected["data"]}\n{chart["data"]}"
        );
        Assert.True(
            JsonNode.DeepEquals(expected["layout"], chart["layout"]),
            $"{expected["layout"]}\n{chart["layout"]}"
        );
    }

    [Fact]
    public void A_heatmap_comes_back_from_its_chart()
    {
        var back = Figure.ToChart().ToHeatmap();
        Assert.Equal(Figure.ToString(), back.ToString());
        Assert.Equal(Figure.Range, back.Range);
        Assert.Equal(Figure.ToSvg(), back.ToSvg());
    }

    [Fact]
    public void A_heatmap_without_a_title_comes_back_without_one()
    {
        var plain = new Heatmap(Cosines, ["프로그램을 배우고 싶습니다.", "b"], ["a", "b", "c"]);
        var back = plain.ToChart().ToHeatmap();
        Assert.Null(back.Title);
        Assert.Equal(plain.ToSvg(), back.ToSvg());
    }

    [Fact]
    public void A_chart_made_with_Plotly_NET_is_a_heatmap_that_reads_from_the_bottom()
    {
        var chart = Chart(
            "heatmap",
            trace =>
            {
                trace.z = new double[][] { [1, 0.5], [0.25, 0] };
                trace.x = new[] { "x0", "x1" };
                trace.y = new[] { "y0", "y1" };
            }
        );
        var expected = new Heatmap(
            new float[,]
            {
                { 0.25f, 0 },
                { 1, 0.5f },
            },
            ["y1", "y0"],
            ["x0", "x1"]
        );
        Assert.Equal(expected.ToString(), chart.ToHeatmap().ToString());
    }

    [Fact]
    public void What_Plotly_NET_changed_is_in_the_figure()
    {
        var chart = GenericChart.setLayout(new Layout(), Figure.ToChart());
        Assert.Null(chart.ToFigure().Title); // it took the title away
        Assert.Equal(Figure.Title, Figure.ToChart().ToFigure().Title);
    }

    [Fact]
    public void A_chart_shows_itself_without_the_network()
    {
        var html = Figure.ToChart().ToFigure().ToHtml();
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("0.672", html, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "http:",
            html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_cannot_end_the_script()
    {
        var chart = Chart("scatter", trace => trace.name = "</script><b>");
        var json = chart.ToFigure().ToPlotlyJson();
        Assert.DoesNotContain('<', json);
        Assert.Equal("</script><b>", (string?)JsonNode.Parse(json)!["data"]![0]!["name"]);
        Assert.Equal("a scatter chart", chart.ToFigure().ToString());
        Assert.Contains("a scatter chart", chart.ToFigure().ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_chart_is_no_heatmap() =>
        Assert.Throws<NotSupportedException>(() =>
            Chart("scatter", trace => trace.y = new[] { 1, 2 }).ToHeatmap()
        );

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 1)]
    public void Rows_of_unequal_length_are_no_heatmap(int first, int second) =>
        Assert.Throws<NotSupportedException>(() =>
            Chart("heatmap", trace => trace.z = new[] { new double[first], new double[second] })
                .ToHeatmap()
        );

    [Fact]
    public void What_a_picture_cannot_show_is_left_to_plotly()
    {
        var large = Chart("heatmap", trace => trace.z = new[] { new double[40_001] });
        Assert.Equal("a heatmap chart", large.ToFigure().ToString());
        var odd = Chart(
            "heatmap",
            trace =>
            {
                trace.z = new double?[][] { [1, null], [2, 3] };
                (trace.zmin, trace.zmax) = (1, 1); // no range
                trace.x = new[] { new[] { "a", "b" }, new[] { "c", "d" } }; // two levels of names
            }
        );
        Assert.Contains("NaN", odd.ToFigure().ToString(), StringComparison.Ordinal);
        Assert.Null(odd.ToHeatmap().Range);
    }

    [Fact]
    public void A_title_of_Plotly_NET_s_own_is_the_figure_s()
    {
        dynamic title = new Title();
        title.text = "<b>제목</b>";
        dynamic layout = new Layout();
        layout.title = title;
        var chart = GenericChart.addLayout((Layout)layout, Figure.ToChart());
        Assert.Equal("제목", chart.ToFigure().Title);
        Assert.Equal("제목", chart.ToHeatmap().Title);
    }

    // What each version has its own functions for.
    private static GenericChart Chart(string kind, Action<dynamic> fill)
    {
        var trace = new Trace(kind);
        fill(trace);
        return GenericChart.ofTraceObject(false, trace);
    }
}
