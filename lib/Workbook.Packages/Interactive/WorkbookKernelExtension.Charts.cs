using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace Workbook.Packages;

public sealed partial class WorkbookKernelExtension
{
    static partial void RegisterCharts()
    {
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(ChartHtml(chart)), Html);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(chart.ToFigure()), Plain);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), Html, Plain);
    }

    // A heatmap needs no network. Other kinds do: Plotly.NET.Interactive fetches plotly.js for them.
    private static string ChartHtml(GenericChart chart)
    {
        var figure = chart.ToFigure();
        string? html = null;
        if (!figure.HasPicture)
            ShowWithNetwork(chart, ref html);
        return html ?? figure.ToHtml();
    }

    // Where Plotly.NET.Interactive is compiled in.
    static partial void ShowWithNetwork(GenericChart chart, ref string? html);
}
