using System.Net;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace NotebookKernel;

/// <summary>Renders code in prose, coloured as a cell is where the fence says C#.</summary>
internal sealed class CodeBlockHtml : HtmlObjectRenderer<CodeBlock>
{
    private static readonly string[] CSharp = ["csharp", "cs", "c#"];

    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        var code = obj.Lines.ToString();
        var coloured =
            obj is FencedCodeBlock { Info: { } language }
            && CSharp.Contains(language, StringComparer.OrdinalIgnoreCase);
        var html = coloured ? CodeHtml.Highlight(code) : WebUtility.HtmlEncode(code);
        renderer.EnsureLine();
        renderer.Write("<pre tabindex=\"0\"><code>").Write(html).WriteLine("</code></pre>");
    }
}
