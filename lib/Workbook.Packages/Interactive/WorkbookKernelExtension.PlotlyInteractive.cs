using Plotly.NET;
using Plotly.NET.Interactive;

namespace Workbook.Packages;

public sealed partial class WorkbookKernelExtension
{
    static partial void ShowWithNetwork(GenericChart chart, ref string? html) =>
        html = Formatters.toInteractiveHTML(chart);
}
