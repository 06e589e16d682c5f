using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace Workbook.Packages.Tests;

/// <summary>Charts of Plotly.NET, as .NET Interactive shows them once the extension is loaded.</summary>
public class KernelExtensionChartTests
{
    [Fact]
    public async Task A_heatmap_needs_no_network()
    {
        await LoadAsync();
        var chart = new Heatmap(
            new float[,]
            {
                { 0.5f },
            },
            ["나"]
        ).ToChart();
        var html = chart.ToDisplayString("text/html");
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.Contains("0.500", chart.ToDisplayString("text/plain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_chart_is_shown_as_Plotly_NET_Interactive_does_where_that_is_there()
    {
        await LoadAsync();
        var html = GenericChart
            .ofTraceObject(false, new Trace("scatter"))
            .ToDisplayString("text/html");
        var isThere = typeof(WorkbookKernelExtension)
            .Assembly.GetReferencedAssemblies()
            .Any(assembly => assembly.Name == "Plotly.NET.Interactive");
        Assert.Equal(isThere, !html.Contains("<svg", StringComparison.Ordinal));
        Assert.Contains("scatter", html, StringComparison.Ordinal);
    }

    private static async Task LoadAsync()
    {
        using var kernel = new CompositeKernel();
        await new WorkbookKernelExtension().OnLoadAsync(kernel);
    }
}
