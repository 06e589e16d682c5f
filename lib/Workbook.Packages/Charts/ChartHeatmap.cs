using System.Net;
using Newtonsoft.Json.Linq;

namespace Workbook.Packages;

/// <summary>Reads a heatmap out of what plotly.js is given.</summary>
internal static class ChartHeatmap
{
    /// <summary>Whether the chart is one heatmap whose values are written out, and no more of them than a picture shows.</summary>
    public static bool Is(JObject chart) =>
        chart["data"] is JArray { Count: 1 } data
        && (string?)data[0]["type"] == "heatmap"
        && data[0]["z"] is JArray { Count: > 0 } rows
        && rows.All(row => row is JArray { Count: > 0 } cells && cells.Count == rows[0].Count())
        && rows.Count * rows[0].Count() <= Heatmap.MaxCells;

    /// <summary>The heatmap.</summary>
    /// <exception cref="NotSupportedException">The chart is anything else.</exception>
    public static Heatmap Read(JObject chart)
    {
        if (!Is(chart))
            throw new NotSupportedException(
                "the chart is not one heatmap whose z is a matrix of numbers"
            );
        var trace = chart["data"]![0]!;
        var layout = chart["layout"];
        var rows = trace["z"]!.Select(row => row.Select(Number).ToArray()).ToList();
        var rowLabels = Labels(trace["y"], layout?["yaxis"], rows.Count);
        // Plotly's axis points upwards unless told otherwise.
        if ((string?)layout?["yaxis"]?["autorange"] != "reversed")
        {
            rows.Reverse();
            Array.Reverse(rowLabels);
        }
        var values = new float[rows.Count, rows[0].Length];
        for (var row = 0; row < rows.Count; row++)
        for (var column = 0; column < rows[0].Length; column++)
            values[row, column] = rows[row][column];
        return new(values, rowLabels, Labels(trace["x"], layout?["xaxis"], rows[0].Length))
        {
            Title = TitleOf(chart),
            Range =
                Number(trace["zmin"]) is var low && Number(trace["zmax"]) is var high && low < high
                    ? (low, high)
                    : null,
        };
    }

    /// <summary>The chart's title as plain text, or null.</summary>
    public static string? TitleOf(JObject chart)
    {
        var title = chart["layout"]?["title"] switch
        {
            JValue text => (string?)text,
            JObject parts => (string?)parts["text"],
            _ => null,
        };
        // Without a title of ours, Plotly is given an empty one in bold.
        return PlainText(title ?? "") is { Length: > 0 } plain ? plain : null;
    }

    private static float Number(JToken? cell) =>
        cell?.Type is JTokenType.Integer or JTokenType.Float ? (float)cell! : float.NaN;

    // A trace names its rows and columns; or the axis does, by their numbers.
    private static string[] Labels(JToken? names, JToken? axis, int count)
    {
        if (names is JArray given && given.Count == count && given.All(name => name is JValue))
            return [.. given.Select(name => PlainText((string)name! ?? ""))];
        var labels = Enumerable.Range(0, count).Select(index => $"{index}").ToArray();
        if (axis?["tickvals"] is JArray places && axis["ticktext"] is JArray texts)
            foreach (var (place, text) in places.Zip(texts))
                if (Number(place) is >= 0 and var index && index < count && text is JValue)
                    labels[(int)index] = PlainText((string)text! ?? "");
        return labels;
    }

    // Plotly's texts are a small HTML.
    private static string PlainText(string text) =>
        WebUtility.HtmlDecode(
            text.Replace("<br>", " ", StringComparison.Ordinal)
                .Replace("<b>", "", StringComparison.Ordinal)
                .Replace("</b>", "", StringComparison.Ordinal)
        );
}
