using System.Text.Json;

namespace Workbook.Tests;

public sealed class HeatmapPlotlyTests
{
    [Fact]
    public void The_numbers_stay_as_they_were_and_what_is_no_number_is_null()
    {
        var heatmap = new Heatmap(
            new[,]
            {
                { 0.1f, float.NaN },
            },
            ["a"],
            ["x", "y"]
        );
        Assert.Contains("\"z\":[[0.1,null]]", heatmap.ToPlotlyJson());
    }

    [Fact]
    public void The_cells_fill_what_the_margins_leave_and_are_square()
    {
        var layout = Parse(new Heatmap(new float[2, 5], ["a", "b"], Lecture.Numbered(5, "문장")))
            .GetProperty("layout");
        var margin = layout.GetProperty("margin");
        var width = Number(layout, "width") - Number(margin, "l") - Number(margin, "r");
        var height = Number(layout, "height") - Number(margin, "t") - Number(margin, "b");
        Assert.Equal(width / 5, height / 2, precision: 9);
        Assert.Equal("x", layout.GetProperty("yaxis").GetProperty("scaleanchor").GetString());
    }

    [Fact]
    public void It_has_the_colours_and_the_size_of_the_SVG()
    {
        var spec = Parse(Lecture.Heatmap);
        var trace = spec.GetProperty("data")[0];
        Assert.Equal(0.1786f, trace.GetProperty("zmin").GetSingle());
        Assert.Equal(1, trace.GetProperty("zmax").GetSingle());
        foreach (var point in trace.GetProperty("colorscale").EnumerateArray())
            Assert.Equal(ColorScale.At(point[0].GetDouble()), point[1].GetString());
        var layout = spec.GetProperty("layout");
        Assert.Contains(
            $"viewBox=\"0 0 {Number(layout, "width")} {Number(layout, "height")}\"",
            Lecture.Heatmap.ToSvg()
        );
    }

    [Fact]
    public void It_has_the_values_of_the_SVG_in_the_same_black_and_white()
    {
        var annotations = Parse(Lecture.Heatmap).GetProperty("layout").GetProperty("annotations");
        Assert.Equal(9, annotations.GetArrayLength());
        var cell = annotations[2];
        Assert.Equal((2, 0), (cell.GetProperty("x").GetInt32(), cell.GetProperty("y").GetInt32()));
        Assert.Equal("0.244", cell.GetProperty("text").GetString());
        Assert.Equal("#ffffff", cell.GetProperty("font").GetProperty("color").GetString());
    }

    [Fact]
    public void Equal_labels_keep_their_own_rows_and_columns()
    {
        var axis = Parse(new Heatmap(new float[2, 2], ["같은 말", "같은 말"]))
            .GetProperty("layout")
            .GetProperty("xaxis");
        Assert.Equal("[0,1]", axis.GetProperty("tickvals").GetRawText());
        Assert.Equal(2, axis.GetProperty("ticktext").GetArrayLength());
    }

    [Fact]
    public void Labels_are_not_Plotlys_markup_or_TeX()
    {
        var spec = Parse(new Heatmap(new float[1, 1], ["<b>&amp;$x$"]) { Title = "<i>$y$" });
        var label = spec.GetProperty("layout").GetProperty("yaxis").GetProperty("ticktext")[0];
        Assert.Equal("&lt;b&gt;&amp;amp;&#36;x&#36;", label.GetString());
        var title = spec.GetProperty("layout").GetProperty("title").GetProperty("text");
        Assert.Equal("<b>&lt;i&gt;&#36;y&#36;</b>", title.GetString());
        Assert.StartsWith(
            "&lt;b&gt;&amp;amp;",
            spec.GetProperty("data")[0].GetProperty("hovertext")[0][0].GetString()
        );
    }

    [Theory]
    [MemberData(nameof(Lecture.HostileLabels), MemberType = typeof(Lecture))]
    public void No_label_can_end_the_script_element_that_carries_it(string label)
    {
        var json = new Heatmap(new float[1, 1], [label]) { Title = label }.ToPlotlyJson();
        Assert.DoesNotContain('<', json);
        Assert.DoesNotContain('>', json);
        using var parsed = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Object, parsed.RootElement.ValueKind);
    }

    [Fact]
    public void Korean_stays_readable() =>
        Assert.Contains("프로그램을 배우고", Lecture.Heatmap.ToPlotlyJson());

    private static JsonElement Parse(Heatmap heatmap) => JsonElement.Parse(heatmap.ToPlotlyJson());

    private static double Number(JsonElement parent, string name) =>
        parent.GetProperty(name).GetDouble();
}
