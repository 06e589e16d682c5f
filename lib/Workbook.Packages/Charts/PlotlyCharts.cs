using System.Dynamic;
using Microsoft.FSharp.Collections;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Plotly.NET;
using PlotlyFigure = Plotly.NET.Figure;

namespace Workbook.Packages;

/// <summary>Takes our figures to Plotly.NET, and its charts back.</summary>
public static class PlotlyCharts
{
    /// <summary>The figure as a chart of Plotly.NET, to be changed with what that has.</summary>
    /// <remarks>It is what plotly.js is given: labels are wrapped, and values have six digits.</remarks>
    public static GenericChart ToChart(this Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var json = JObject.Parse(figure.ToPlotlyJson());
        var traces = json["data"]!.Select(trace =>
            Fill(new Trace((string)trace["type"]!), (JObject)trace, but: "type")
        );
        var layout = Fill(new Layout(), (JObject)json["layout"]!);
        return GenericChart.fromFigure(PlotlyFigure.create(ListModule.OfSeq(traces), layout));
    }

    /// <summary>The chart as a figure, which shows itself in any notebook and on any page.</summary>
    public static ChartFigure ToFigure(this GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new(Json(chart));
    }

    /// <summary>The heatmap that the chart is, its rows from top to bottom as Plotly draws them.</summary>
    /// <exception cref="NotSupportedException">The chart is anything else than one heatmap.</exception>
    public static Heatmap ToHeatmap(this GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return ChartHeatmap.Read(Json(chart));
    }

    private static JObject Json(GenericChart chart)
    {
        // Dates stay the text that they are.
        using var reader = new JsonTextReader(new StringReader(GenericChart.toFigureJson(chart)))
        {
            DateParseHandling = DateParseHandling.None,
        };
        return JObject.Load(reader);
    }

    // As C#'s dynamic sets a member: the one way that DynamicObj has kept through its versions.
    private static T Fill<T>(T target, JObject members, string but = "")
        where T : DynamicObject
    {
        foreach (var (name, value) in members)
            if (name != but)
                target.TrySetMember(new Setter(name), Value(value));
        return target;
    }

    // Plotly.NET asks for a width as an int, and for a number otherwise as a double.
    private static object? Value(JToken? token) =>
        token switch
        {
            JValue { Value: long and >= int.MinValue and <= int.MaxValue } number => (int)number,
            JValue value => value.Value,
            // Plotly.NET merges objects of its own kind only.
            JObject members => Fill(new DynamicObj.DynamicObj(), members),
            _ => token,
        };

    private sealed class Setter(string name) : SetMemberBinder(name, ignoreCase: false)
    {
        public override DynamicMetaObject FallbackSetMember(
            DynamicMetaObject target,
            DynamicMetaObject value,
            DynamicMetaObject? errorSuggestion
        ) => throw new NotSupportedException();
    }
}
