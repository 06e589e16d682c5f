using System.Globalization;
using System.Net;

namespace Grading;

/// <summary>A page that needs nothing else: no server, no network, no script.</summary>
internal static class ReportPage
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>The page.</summary>
    /// <param name="isKorean">Its language.</param>
    /// <param name="title">Its title, a text.</param>
    /// <param name="body">Its content, HTML.</param>
    public static string Html(bool isKorean, string title, string body) =>
        $"""
            <!DOCTYPE html>
            <html lang="{(isKorean ? "ko" : "en")}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <title>{Escape(title)}</title>
            <style>
            {Style.Value}</style>
            </head>
            <body>
            <main>
            <h1>{Escape(title)}</h1>
            {body}</main>
            </body>
            </html>

            """;

    /// <summary>A text within HTML.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Points as people write them.</summary>
    public static string Number(double points) =>
        points.ToString("0.##", CultureInfo.InvariantCulture);

    private static string ReadStyle()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
