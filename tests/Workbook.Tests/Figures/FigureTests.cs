namespace Workbook.Tests;

public sealed class FigureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_HTML_is_the_SVG_with_the_chart_for_Plotly_beside_it()
    {
        var html = Lecture.Heatmap.ToHtml();
        Assert.Contains(Lecture.Heatmap.ToSvg(), html);
        Assert.Contains(
            $"<script type=\"application/json\">{Lecture.Heatmap.ToPlotlyJson()}</script>",
            html
        );
    }

    [Theory]
    [MemberData(nameof(Lecture.HostileLabels), MemberType = typeof(Lecture))]
    public void No_label_opens_or_closes_a_script(string label)
    {
        var heatmap = new Heatmap(new float[1, 1], [label]) { Title = label };
        heatmap.SavePage(File("page.html"));
        foreach (
            var html in new[] { heatmap.ToHtml(), System.IO.File.ReadAllText(File("page.html")) }
        )
        {
            var page = html.ToUpperInvariant();
            Assert.Equal(page.Split("<SCRIPT").Length, page.Split("</SCRIPT").Length);
            Assert.DoesNotContain("<SCRIPT>ALERT", page);
        }
    }

    [Fact]
    public void The_script_names_no_address_and_leaves_out_the_button_that_shares_to_a_cloud()
    {
        using var stream = typeof(Figure).Assembly.GetManifestResourceStream("figure.js")!;
        var script = new StreamReader(stream).ReadToEnd();
        Assert.DoesNotContain("://", script);
        // With modeBarButtons, Plotly shows these alone.
        Assert.Contains(
            "modeBarButtons: [[\"toImage\", \"zoom2d\", \"pan2d\", \"resetScale2d\"]]",
            script
        );
    }

    [Fact]
    public void The_script_scales_as_the_SVG_does()
    {
        using var stream = typeof(Figure).Assembly.GetManifestResourceStream("figure.js")!;
        Assert.Contains(
            FormattableString.Invariant($"smallestScale = {Figure.SmallestScale};"),
            new StreamReader(stream).ReadToEnd()
        );
    }

    [Fact]
    public void A_saved_page_holds_the_figure_and_its_title()
    {
        Lecture.Heatmap.SavePage(File("page.html"));
        var page = System.IO.File.ReadAllText(File("page.html"));
        Assert.StartsWith("<!doctype html>", page);
        Assert.Contains("<title>코사인 유사도</title>", page);
        Assert.Contains(Lecture.Heatmap.ToHtml(), page);
    }

    [Fact]
    public void A_saved_SVG_is_UTF_8_without_a_mark()
    {
        Lecture.Heatmap.SaveSvg(File("figure.svg"));
        Assert.Equal((byte)'<', System.IO.File.ReadAllBytes(File("figure.svg"))[0]);
        Assert.Equal(
            Lecture.Heatmap.ToSvg() + "\n",
            System.IO.File.ReadAllText(File("figure.svg"))
        );
    }

    [Fact]
    public void Plotly_is_read_from_its_folder_so_that_it_cannot_end_its_element()
    {
        System.IO.File.WriteAllText(File("plotly.min.js"), "x = '</script>'; y = '</SCRIPT >'");
        Assert.Equal("x = '<\\/script>'; y = '<\\/script >'", PlotlyScript.TryRead(folder.Path));
    }

    [Fact]
    public void Without_Plotly_there_is_no_script_and_no_error()
    {
        Assert.Null(PlotlyScript.TryRead(folder.Path));
        Assert.Null(PlotlyScript.TryRead(""));
    }

    private string File(string name) => folder[name];
}
