using System.Globalization;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;
using SentenceTransformers;

namespace Workbook.Packages;

/// <summary>Makes .NET Interactive at home in the workbook: what the lessons' figures say of themselves, and besides it vectors, tokens, models and charts.</summary>
/// <example>
/// In a notebook that references this assembly:
/// <code>await new Workbook.Packages.WorkbookKernelExtension().OnLoadAsync(Kernel.Root);</code>
/// </example>
public sealed partial class WorkbookKernelExtension : IKernelExtension
{
    private const string Html = "text/html";
    private const string Plain = "text/plain";

    /// <summary>How many numbers of a vector are shown; its length says the rest.</summary>
    private const int ShownNumbers = 6;

    /// <summary>Registers the formatters, and gives C# cells the workbook's namespaces.</summary>
    /// <param name="kernel">The kernel that C# cells run in, or one that has it among its own.</param>
    public async Task OnLoadAsync(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        // Without this an embedding is a table of hundreds of rows.
        Register<float[]>(Vector);
        Register<float[][]>(Vectors);
        Register<TokenEncoding>(encoding => string.Join(" | ", encoding.Tokens));
        Register<SentenceTransformer>(model => model.ToString());
        RegisterCharts();
        if (kernel.FindKernelByName("csharp") is { } csharp)
            await csharp
                .SendAsync(new SubmitCode("using SentenceTransformers;\nusing Workbook;"))
                .ConfigureAwait(false);
    }

    private static void Register<T>(Func<T, string> text)
    {
        Formatter.Register<T>((value, writer) => writer.Write(text(value)), Plain);
        Formatter.Register<T>(
            (value, writer) =>
            {
                writer.Write("<pre>");
                writer.Write(System.Net.WebUtility.HtmlEncode(text(value)));
                writer.Write("</pre>");
            },
            Html
        );
        Formatter.SetPreferredMimeTypesFor(typeof(T), Html, Plain);
    }

    private static string Vectors(float[][] vectors) =>
        string.Join('\n', vectors.Select(Vector).Prepend($"{vectors.Length} vectors"));

    private static string Vector(float[] vector)
    {
        var shown = vector
            .Take(ShownNumbers)
            .Select(number => number.ToString("0.000", CultureInfo.InvariantCulture));
        return $"{vector.Length} numbers: {string.Join(", ", shown)}{(vector.Length > ShownNumbers ? ", ..." : "")}";
    }

    // Where Plotly.NET is compiled in; elsewhere there are no charts.
    static partial void RegisterCharts();
}
