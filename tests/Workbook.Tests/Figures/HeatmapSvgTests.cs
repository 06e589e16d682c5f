using System.Xml.Linq;

namespace Workbook.Tests;

public sealed class HeatmapSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Each_cell_has_its_colour_its_value_and_a_tooltip()
    {
        var cells = Cells(Lecture.Heatmap);
        Assert.Equal(9, cells.Count);
        var cell = cells[1];
        Assert.Equal(
            "오늘 날씨가 좋아요 × 오늘 하늘이 맑아요: 0.801",
            cell.Element(Svg + "title")!.Value
        );
        Assert.Equal("0.801", cell.Element(Svg + "text")!.Value);
        Assert.Equal("#fde725", Color(cells[0]));
        Assert.Equal("#440154", Color(cells[5]));
        Assert.Equal(Color(cells[1]), Color(cells[3]));
    }

    [Fact]
    public void Its_own_range_sets_the_ends_of_the_colours()
    {
        var cells = Cells(
            new Heatmap(
                new[,]
                {
                    { -9, 0.5f, 9 },
                },
                ["a"],
                ["x", "y", "z"]
            )
            {
                Range = (0, 1),
            }
        );
        Assert.Equal(["#440154", ColorScale.At(0.5), "#fde725"], cells.Select(Color));
    }

    [Fact]
    public void Values_are_white_on_dark_cells_and_black_on_light_ones()
    {
        var colors = Cells(Lecture.Heatmap)
            .Select(cell => cell.Element(Svg + "text")!.Attribute("fill")!.Value)
            .ToArray();
        Assert.Equal(["#000000", "#000000", "#ffffff"], colors[..3]);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "∞")]
    [InlineData(float.NegativeInfinity, "-∞")]
    public void What_is_no_number_is_crossed_out_and_leaves_the_colours_of_the_rest_alone(
        float value,
        string name
    )
    {
        var cells = Cells(
            new Heatmap(
                new[,]
                {
                    { value, 1, 2 },
                },
                ["a"],
                ["x", "y", "z"]
            )
        );
        Assert.NotNull(cells[0].Element(Svg + "path"));
        Assert.Null(cells[0].Element(Svg + "text"));
        Assert.Equal($"a × x: {name}", cells[0].Element(Svg + "title")!.Value);
        Assert.Equal(["#440154", "#fde725"], cells.Skip(1).Select(Color));
    }

    [Fact]
    public void A_matrix_without_any_number_can_be_drawn() =>
        Assert.Single(
            Cells(
                new Heatmap(
                    new[,]
                    {
                        { float.NaN },
                    },
                    ["a"]
                )
            )
        );

    [Fact]
    public void Equal_values_have_the_middle_colour()
    {
        var cells = Cells(
            new Heatmap(
                new[,]
                {
                    { 0.5f, 0.5f },
                },
                ["a"],
                ["x", "y"]
            )
        );
        Assert.All(cells, cell => Assert.Equal(ColorScale.At(0.5), Color(cell)));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(12, true)]
    [InlineData(50, false)]
    public void Cells_too_small_to_read_have_no_values(int size, bool values)
    {
        var heatmap = new Heatmap(
            Lecture.Filled(size, size, (row, column) => row - column),
            Lecture.Numbered(size, "문장")
        );
        Assert.All(
            Cells(heatmap),
            cell => Assert.Equal(values, cell.Element(Svg + "text") is not null)
        );
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(200, 50)]
    public void Labels_too_many_to_read_are_thinned_out(int size, int shown)
    {
        var svg = Parse(new Heatmap(new float[size, size], Lecture.Numbered(size, "문장")));
        var labels = svg.Elements(Svg + "text")
            .Where(text => text.Element(Svg + "title") is not null);
        Assert.Equal(2 * shown, labels.Count());
    }

    [Fact]
    public void A_long_label_is_elided_and_told_in_full_by_its_tooltip()
    {
        var label = string.Concat(Enumerable.Repeat("아주 긴 문장입니다. ", 50)).Trim();
        var svg = Parse(new Heatmap(new float[1, 1], [label]));
        var text = svg.Elements(Svg + "text")
            .First(text => text.Element(Svg + "title") is not null);
        Assert.Equal(label, text.Element(Svg + "title")!.Value);
        var lines = text.Elements(Svg + "tspan").Select(line => line.Value).ToArray();
        Assert.EndsWith("…", lines[^1]);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 20));
    }

    [Fact]
    public void A_label_of_endless_invisible_characters_is_not_repeated_in_every_cell()
    {
        var label = "보이는 글" + new string('\u200b', 100_000);
        var tooltip = Cells(new Heatmap(new float[1, 1], [label]))[0].Element(Svg + "title")!.Value;
        Assert.StartsWith("보이는 글", tooltip);
        Assert.InRange(tooltip.Length, 5, 1100);
    }

    [Theory]
    [MemberData(nameof(Lecture.HostileLabels), MemberType = typeof(Lecture))]
    public void Any_label_and_title_leaves_it_well_formed_and_is_text_alone(string label)
    {
        var svg = Parse(new Heatmap(new float[1, 1], [label]) { Title = label });
        string[] drawn = ["svg", "style", "text", "tspan", "title", "g", "rect"];
        Assert.Subset(
            drawn.ToHashSet(),
            svg.DescendantsAndSelf().Select(element => element.Name.LocalName).ToHashSet()
        );
        Assert.Equal(
            LabelText.Clean(label),
            svg.Elements(Svg + "text")
                .Last(text => text.Element(Svg + "title") is not null)
                .Element(Svg + "title")!
                .Value
        );
    }

    [Fact]
    public void It_needs_nothing_from_outside_and_gives_no_id_that_another_figure_could_have()
    {
        var svg = Lecture.Heatmap.ToSvg();
        var attributes = XElement.Parse(svg).DescendantsAndSelf().Attributes();
        Assert.DoesNotContain(
            attributes,
            attribute => attribute.Name.LocalName is "id" or "href" or "class"
        );
        Assert.DoesNotContain("url(", svg);
        Assert.Equal(
            svg.IndexOf("http", StringComparison.Ordinal),
            svg.LastIndexOf("http", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void It_says_what_it_is_to_who_cannot_see_it()
    {
        var svg = Parse(Lecture.Heatmap);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal(
            "코사인 유사도: heatmap, 3 × 3, colours from 0.1786 to 1",
            svg.Attribute("aria-label")!.Value
        );
    }

    private static XElement Parse(Heatmap heatmap) =>
        XDocument.Parse(heatmap.ToSvg(), LoadOptions.PreserveWhitespace).Root!;

    private static List<XElement> Cells(Heatmap heatmap) => [.. Parse(heatmap).Elements(Svg + "g")];

    private static string Color(XElement cell) =>
        cell.Element(Svg + "rect")!.Attribute("fill")!.Value;
}
