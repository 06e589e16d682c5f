using System.Net;
using System.Text;

namespace Workbook;

/// <summary>A picture that shows itself in any notebook: a static SVG, interactive where the page has plotly.js.</summary>
/// <remarks>Nothing is ever fetched: a notebook or page that embeds <see cref="PlotlyScript"/> is interactive offline.</remarks>
[TypeFormatterSource(
    typeof(HtmlOutputFormatterSource),
    PreferredMimeTypes = [HtmlOutputFormatterSource.Html, HtmlOutputFormatterSource.PlainText]
)]
public abstract class Figure : IHtmlOutput
{
    /// <summary>Falls back to fonts that every system has Hangul in.</summary>
    internal const string FontFamily =
        "system-ui, 'Noto Sans KR', 'Malgun Gothic', 'Apple SD Gothic Neo', sans-serif";

    /// <summary>How far a figure shrinks on a narrow screen before it scrolls sideways instead; figure.js has the same number.</summary>
    internal const double SmallestScale = 0.6;

    private static readonly string Script = ReadScript();

    /// <summary>The heading above the figure; none if null.</summary>
    public string? Title
    {
        get;
        init => field = value is null ? null : LabelText.Clean(value);
    }

    /// <summary>Where the numbers come from, in small print below the figure; nothing if null.</summary>
    public string? Source
    {
        get;
        init => field = value is null ? null : LabelText.Clean(value);
    }

    /// <summary>The figure as one SVG element, which needs no script, style sheet or id of the page around it.</summary>
    public abstract string ToSvg();

    /// <summary>The figure as plotly.js takes it: a JSON object with <c>data</c> and <c>layout</c>, safe inside a script element.</summary>
    public abstract string ToPlotlyJson();

    /// <summary>The figure in plain text, for a terminal or a screen reader.</summary>
    public abstract override string ToString();

    /// <summary>The SVG with what makes it interactive on a page that has plotly.js.</summary>
    public string ToHtml() =>
        $"""
            <div class="workbook-figure" style="color:var(--vscode-editor-foreground,inherit);overflow-x:auto">
            {ToSvg()}
            <script type="application/json">{ToPlotlyJson()}</script>
            <script>
            {Script}</script>
            </div>{SourceHtml}
            """;

    private string SourceHtml =>
        Source is null
            ? ""
            : $"""

                <p class="workbook-source" style="font-size:smaller;opacity:.75;margin:.2em 0 0">{WebUtility.HtmlEncode(
                    Source
                )}</p>
                """;

    /// <summary>Writes the SVG to a file.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path) => File.WriteAllText(path, ToSvg() + "\n");

    /// <summary>Writes a page of its own, interactive if plotly.js lies beside this assembly.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePage(string path)
    {
        var plotly = PlotlyScript.TryRead() is { } script ? $"<script>{script}</script>\n" : "";
        File.WriteAllText(
            path,
            $$"""
            <!doctype html>
            <html>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{WebUtility.HtmlEncode(Title ?? GetType().Name)}}</title>
            <style>:root { color-scheme: light dark; } body { margin: 1rem; }</style>
            {{plotly}}</head>
            <body>
            {{ToHtml()}}
            </body>
            </html>

            """
        );
    }

    private static string ReadScript()
    {
        using var stream = typeof(Figure).Assembly.GetManifestResourceStream("figure.js")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
