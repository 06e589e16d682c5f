using System.Reflection;

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
        Assert.NotNull(Library.GetType($"Workbook.Packages.{type}"));
    }

    [Fact]
    public void Without_any_package_the_library_is_empty()
    {
        var isEmpty = !(Tokenizers || Plotly || Interactive);
        Assert.Equal(isEmpty, Library.GetExportedTypes().Length == 0);
    }

    private static Assembly Library => Assembly.Load("Workbook.Packages");

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
