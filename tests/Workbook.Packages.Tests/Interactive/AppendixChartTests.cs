using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Workbook.Packages.Tests;

/// <summary>The appendix in the host that it tells of: .NET Interactive's own C# kernel.</summary>
public sealed class AppendixChartTests
{
    private static readonly string Appendix = Path.Combine(
        Goldens.Repository,
        "notebooks",
        "appendix-packages.ipynb"
    );

    [Fact]
    public async Task Every_cell_runs_and_prints_what_was_recorded()
    {
        using var kernel = new CompositeKernel { new CSharpKernel() };
        var cells = Goldens
            .Json(Appendix)
            .GetProperty("cells")
            .EnumerateArray()
            .Where(cell => cell.GetProperty("cell_type").GetString() == "code")
            .ToArray();
        Assert.Equal(11, cells.Length); // the premise: these are all
        var pictures = 0;
        foreach (var cell in cells)
        {
            var result = await kernel.SendAsync(new SubmitCode(Source(cell)));
            Assert.Empty(result.Events.OfType<CommandFailed>().Select(failed => failed.Message));
            Assert.Equal(Recorded(cell), Printed(result));
            pictures += result
                .Events.OfType<ReturnValueProduced>()
                .SelectMany(shown => shown.FormattedValues)
                .Count(value => value.Value.Contains("<svg", StringComparison.Ordinal));
        }
        Assert.Equal(1, pictures);
    }

    // The first line names the assembly where the commands build it; this is the one under test.
    private static string Source(JsonElement cell) =>
        string.Join(
            '\n',
            Text(cell.GetProperty("source"))
                .Split('\n')
                .Select(line =>
                    line.StartsWith("#r ", StringComparison.Ordinal)
                        ? $"#r \"{typeof(WorkbookKernelExtension).Assembly.Location}\""
                        : line
                )
        );

    private static string Recorded(JsonElement cell) =>
        string.Concat(
            cell.GetProperty("outputs")
                .EnumerateArray()
                .Where(output => output.GetProperty("output_type").GetString() == "stream")
                .Select(output => Text(output.GetProperty("text")))
        );

    private static string Printed(KernelCommandResult result) =>
        string.Concat(
            result
                .Events.OfType<StandardOutputValueProduced>()
                .SelectMany(shown => shown.FormattedValues)
                .Select(value => value.Value)
        );

    private static string Text(JsonElement lines) =>
        string.Concat(lines.EnumerateArray().Select(line => line.GetString()));
}
