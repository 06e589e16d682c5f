namespace Workbook.Packages.Tests;

/// <summary>Says by name which parts of this project there is nothing to test of, for their packages are not served here.</summary>
public sealed class CompiledPartsTests
{
    [Theory]
    [InlineData("Microsoft.ML.Tokenizers", Tokenizers, "MicrosoftTokenizer")]
    [InlineData("Plotly.NET", Plotly, "PlotlyCharts")]
    [InlineData("Microsoft.DotNet.Interactive", Interactive, "WorkbookKernelExtension")]
    public void A_package_that_is_served_has_its_part(string package, bool compiled, string type)
    {
        Assert.SkipUnless(
            compiled,
            $"needs {package}: `dotnet workbook.cs packages` takes it from NuGet where that serves it"
        );
        var library = System.Reflection.Assembly.Load("Workbook.Packages");
        Assert.NotNull(library.GetType($"Workbook.Packages.{type}"));
    }

#if TOKENIZERS
    private const bool Tokenizers = true;
#else
    private const bool Tokenizers = false;
#endif
#if PLOTLY
    private const bool Plotly = true;
#else
    private const bool Plotly = false;
#endif
#if INTERACTIVE
    private const bool Interactive = true;
#else
    private const bool Interactive = false;
#endif
}
