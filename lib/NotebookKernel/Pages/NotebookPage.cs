using System.Net;

namespace NotebookKernel;

/// <summary>Writes a notebook as one HTML file that needs nothing else: no server, no network, no script of its own.</summary>
/// <remarks>HTML and SVG outputs are trusted and go in as they are, for they are the notebook's own; all else is escaped.</remarks>
public static class NotebookPage
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>The style sheet of every page, for pages that stand beside them.</summary>
    public static string StyleSheet => Style.Value;

    /// <summary>Writes the page: prose, code with its execution counts, and the outputs stored in the notebook.</summary>
    public static void Write(
        NotebookDocument notebook,
        TextWriter writer,
        NotebookPageOptions? options = null
    )
    {
        options ??= new();
        var folder = options.ProseFolder ?? Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!;
        var prose = new ProseHtml(folder, options.PageFolder ?? folder, options.LinkTo);
        var body = new StringWriter { NewLine = "\n" };
        foreach (var cell in notebook.Cells)
            WriteCell(cell, prose, options, body);

        var title = prose.Title ?? Path.GetFileNameWithoutExtension(notebook.Path);
        writer.Write(
            $"""
            <!DOCTYPE html>
            <html lang="{WebUtility.HtmlEncode(options.Language)}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>
            {Style.Value}</style>

            """
        );
        foreach (var script in options.Scripts)
            writer.Write($"<script>{EscapeScript(script)}</script>\n");
        writer.Write(
            $"{options.Head}</head>\n<body>\n{options.Header}<main>\n{body}</main>\n{options.Footer}</body>\n</html>\n"
        );
    }

    private static void WriteCell(
        NotebookCell cell,
        ProseHtml prose,
        NotebookPageOptions options,
        TextWriter writer
    )
    {
        switch (cell.Kind)
        {
            case NotebookCellKind.Markdown:
                writer.Write(
                    $"<section class=\"prose\">\n{prose.Render(cell.Source, cell.Attachments)}</section>\n"
                );
                break;
            case NotebookCellKind.Code when cell.Source.Length > 0:
                writer.Write("<section class=\"code\">\n");
                writer.Write(
                    $"<div class=\"count\">[{(cell.ExecutionCount is { } count ? count : "&nbsp;")}]</div>\n"
                );
                writer.Write(
                    $"<pre class=\"source\" tabindex=\"0\"><code>{CodeHtml.Highlight(cell.Source)}</code></pre>\n"
                );
                if (cell.Outputs.Count > 0)
                {
                    writer.Write("<div class=\"outputs\">\n");
                    foreach (var output in cell.Outputs)
                        OutputHtml.Write(output, prose, writer);
                    writer.Write("</div>\n");
                }
                if (options.Solutions.TryGetValue(cell.Id, out var solution))
                    writer.Write(
                        $"<details><summary>{WebUtility.HtmlEncode(options.SolutionLabel)}</summary>\n"
                            + $"<pre class=\"source\" tabindex=\"0\"><code>{CodeHtml.Highlight(solution)}</code></pre>\n</details>\n"
                    );
                writer.Write("</section>\n");
                break;
        }
    }

    // Inside a script only its own end tag would end it.
    private static string EscapeScript(string script) =>
        script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);

    private static string ReadStyle()
    {
        using var stream = typeof(NotebookPage).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
