using System.Globalization;
using System.Net;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Workbook.Packages;

/// <summary>A chart of Plotly.NET that shows itself as our figures do: without the network, interactive where the page has plotly.js.</summary>
/// <remarks>Where it has not, a heatmap is a picture that stands still, and any other chart a line that says so.</remarks>
public sealed class ChartFigure : Figure
{
    // What plotly.js itself takes for a chart that does not say.
    private const int DefaultWidth = 700,
        DefaultHeight = 450;

    private readonly JObject json; // { data, layout }
    private readonly Heatmap? heatmap;

    internal ChartFigure(JObject chart)
    {
        var layout = (JObject?)chart["layout"]?.DeepClone() ?? [];
        // figure.js scales by the size, and gives the text the colour of the page.
        layout["width"] ??= DefaultWidth;
        layout["height"] ??= DefaultHeight;
        layout["font"] ??= new JObject();
        json = new(new JProperty("data", chart["data"]), new JProperty("layout", layout));
        if (ChartHeatmap.Is(chart))
            heatmap = ChartHeatmap.Read(chart);
        Title = ChartHeatmap.TitleOf(chart);
    }

    /// <summary>Whether there is something to see without plotly.js.</summary>
    internal bool HasPicture => heatmap is not null;

    /// <inheritdoc/>
    public override string ToSvg() => heatmap?.ToSvg() ?? Placeholder();

    /// <inheritdoc/>
    public override string ToPlotlyJson() =>
        JsonConvert.SerializeObject(
            json,
            // No label can end the script element.
            new JsonSerializerSettings { StringEscapeHandling = StringEscapeHandling.EscapeHtml }
        );

    /// <summary>A heatmap's values as an aligned table; of any other chart its title and its kind.</summary>
    public override string ToString() => heatmap?.ToString() ?? Description();

    private string Description() =>
        string.Join(": ", new[] { Title, $"a {Kinds()} chart" }.OfType<string>());

    private string Kinds() =>
        string.Join(
            " and ",
            json["data"]!.Select(trace => (string?)trace["type"] ?? "scatter").Distinct()
        );

    private string Placeholder() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{DefaultWidth}" height="40" role="img" font-family="{FontFamily}" font-size="14"><text x="0" y="24" fill="currentColor">{WebUtility.HtmlEncode(
                Description()
            )}, to be seen on a page with plotly.js</text></svg>
            """
        );
}
