using System.Text.Json;
using System.Xml.Linq;
using DrawnWorld;

namespace Workbook.Tests;

public sealed class PictureTests
{
    private const string Uri = "data:image/png;base64,";

    private static readonly Thumbnail Red = Thumbnail.Of(2, 1, [255, 0, 0, 255, 0, 0]);

    private static readonly Thumbnail Dog = Thumbnail.Of(
        new Scene(Subject.Dog, SubjectColor.Brown, Place.Grass).Draw(12, 12)
    );

    [Fact]
    public void A_thumbnail_of_a_file_carries_the_file_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var file = PngWriter.Write(2, 1, [255, 0, 0, 255, 0, 0]);
        var path = folder.Write("red.png", file);
        Assert.Equal(Uri + Convert.ToBase64String(file), Thumbnail.Load(path).DataUri);
        Assert.Equal(Red.DataUri, Thumbnail.Load(path).DataUri);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }, "jpeg")]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39 }, "gif")]
    public void Its_kind_is_that_of_its_bytes_whatever_its_name(byte[] bytes, string type)
    {
        using var folder = new TemporaryFolder();
        var thumbnail = Thumbnail.Load(folder.Write("picture.png", bytes));
        Assert.StartsWith($"data:image/{type};", thumbnail.DataUri, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_picture_or_too_large_a_one_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var text = folder.Write("text.png", "no picture");
        var large = folder.Write("large.png", new byte[(1 << 20) + 1]);
        Assert.All(
            (string[])[text, large, folder.Write("empty.png", "")],
            path =>
                Assert.Contains(
                    path,
                    Assert.Throws<ArgumentException>(() => Thumbnail.Load(path)).Message,
                    StringComparison.Ordinal
                )
        );
        Assert.Throws<FileNotFoundException>(() => Thumbnail.Load(folder["missing.png"]));
    }

    [Fact]
    public void A_strip_shows_each_picture_over_its_caption_and_reads_as_the_captions()
    {
        var strip = new PictureStrip([Red, Dog], ["a <red> one", "개"]);
        Assert.Contains(
            $"<img src=\"{Red.DataUri}\" alt=\"a &lt;red&gt; one\"",
            strip.ToHtml(),
            StringComparison.Ordinal
        );
        Assert.Equal(2, strip.ToHtml().Split(Uri).Length - 1);
        Assert.Equal("a <red> one\n개", strip.ToString());
        Assert.DoesNotContain("pixelated", strip.ToHtml(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PictureStrip([Red], []));
        Assert.Throws<ArgumentException>(() => new PictureStrip([], []));
    }

    [Fact]
    public void A_heatmap_has_a_picture_beside_the_cells_of_each_row_and_its_label_beyond()
    {
        var plain = new HeatmapSvgParts(Matrix(null));
        var pictured = new HeatmapSvgParts(Matrix([Red, Dog]));
        Assert.Empty(plain.Images);
        Assert.Equal(
            [Red.DataUri, Dog.DataUri],
            pictured.Images.Select(image => image.Attribute("href")!.Value)
        );
        foreach (var image in pictured.Images)
            Assert.True(Number(image, "x") + Number(image, "width") < pictured.Left);
        Assert.True(pictured.Left - plain.Left > Number(pictured.Images[0], "width"));
    }

    [Fact]
    public void The_interactive_chart_has_them_too()
    {
        using var chart = JsonDocument.Parse(Matrix([Red, Dog]).ToPlotlyJson());
        var images = chart.RootElement.GetProperty("layout").GetProperty("images");
        Assert.Equal(
            [Red.DataUri, Dog.DataUri],
            images
                .EnumerateArray()
                .Select(image =>
                    image
                        .GetProperty("source")
                        .GetString()!
                        .Replace("\\u002B", "+", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void There_are_as_many_pictures_as_rows()
    {
        var error = Assert.Throws<ArgumentException>(() => Matrix([Red]));
        Assert.Contains(
            "2 rows, but there are 1 pictures",
            error.Message,
            StringComparison.Ordinal
        );
    }

    private static Heatmap Matrix(Thumbnail[]? pictures) =>
        new(
            new[,]
            {
                { 0.3f, 0.1f },
                { 0.2f, 0.2f },
            },
            ["dog.png", "cat.png"],
            ["A dog", "A cat"]
        )
        {
            RowPictures = pictures,
        };

    private static double Number(XElement element, string name) =>
        double.Parse(
            element.Attribute(name)!.Value,
            System.Globalization.CultureInfo.InvariantCulture
        );

    private sealed class HeatmapSvgParts(Heatmap heatmap)
    {
        private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
        private readonly XElement svg = XElement.Parse(heatmap.ToSvg());

        public XElement[] Images => [.. svg.Elements(Svg + "image")];

        /// <summary>Where the first cell begins.</summary>
        public double Left => Number(svg.Elements(Svg + "g").First().Element(Svg + "rect")!, "x");
    }
}
