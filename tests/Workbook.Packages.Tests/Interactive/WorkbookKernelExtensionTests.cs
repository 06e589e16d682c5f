using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace Workbook.Packages.Tests;

/// <summary>The extension in the real C# kernel of .NET Interactive.</summary>
public sealed class WorkbookKernelExtensionTests : IDisposable
{
    private readonly CompositeKernel kernel = new() { new CSharpKernel() };

    public void Dispose() => kernel.Dispose();

    [Fact]
    public async Task An_embedding_is_a_line_and_not_a_table_of_its_numbers()
    {
        await LoadAsync();
        var shown = await ShowAsync("Enumerable.Range(0, 256).Select(i => i / 8f).ToArray()");
        Assert.Equal(
            "256 numbers: 0.000, 0.125, 0.250, 0.375, 0.500, 0.625, ...",
            shown["text/plain"]
        );
        Assert.Equal($"<pre>{shown["text/plain"]}</pre>", shown["text/html"]);
        shown = await ShowAsync("new[] { new[] { 1f, -0.5f }, new[] { 0f } }");
        Assert.Equal("2 vectors\n2 numbers: 1.000, -0.500\n1 numbers: 0.000", shown["text/plain"]);
    }

    [Fact]
    public async Task Cells_have_the_workbook_s_namespaces()
    {
        await ReferenceAsync();
        const string cell = "new Heatmap(new float[,] { { 1 } }, new[] { \"<x>\" })";
        Assert.Null(await TryShowAsync(cell)); // the premise: not before
        await LoadAsync();
        var shown = await ShowAsync(cell);
        Assert.Contains("<svg", shown["text/html"], StringComparison.Ordinal);
        Assert.Contains("&lt;x&gt;", shown["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_and_models_say_what_they_are()
    {
        await ReferenceAsync();
        await LoadAsync();
        var shown = await ShowAsync(
            "new TokenEncoding([2, 3], [0, 0], [\"[CLS]\", \"<unk>\"], [(0, 0), (0, 1)])"
        );
        Assert.Equal("[CLS] | <unk>", shown["text/plain"]);
        Assert.Equal("<pre>[CLS] | &lt;unk&gt;</pre>", shown["text/html"]);
        shown = await ShowAsync("SentenceTransformer.Load(\"ko-mini\")");
        Assert.StartsWith("SentenceTransformer(", shown["text/plain"], StringComparison.Ordinal);
    }

    private Task LoadAsync() => new WorkbookKernelExtension().OnLoadAsync(kernel);

    private async Task ReferenceAsync()
    {
        var library = typeof(WorkbookKernelExtension).Assembly.Location;
        var result = await kernel.SendAsync(new SubmitCode($"#r \"{library}\""));
        Assert.Empty(result.Events.OfType<CommandFailed>());
    }

    private async Task<Dictionary<string, string>> ShowAsync(string cell) =>
        await TryShowAsync(cell)
        ?? throw new InvalidOperationException($"the cell failed or showed nothing: {cell}");

    private async Task<Dictionary<string, string>?> TryShowAsync(string cell)
    {
        var result = await kernel.SendAsync(new SubmitCode(cell));
        return result
            .Events.OfType<ReturnValueProduced>()
            .SingleOrDefault()
            ?.FormattedValues.ToDictionary(value => value.MimeType, value => value.Value);
    }
}
