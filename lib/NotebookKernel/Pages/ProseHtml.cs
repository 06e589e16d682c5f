using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NotebookKernel;

/// <summary>Renders a notebook's markdown, with its pictures inside and links to other notebooks leading to their pages.</summary>
/// <param name="folder">The folder that pictures and links are relative to.</param>
/// <param name="pageFolder">The folder that the page lies in.</param>
/// <param name="linkTo">Where a file's page lies; see <see cref="NotebookPageOptions.LinkTo"/>.</param>
internal sealed partial class ProseHtml(
    string folder,
    string pageFolder,
    Func<string, string?>? linkTo = null
)
{
    /// <summary>What notebooks may use of markdown.</summary>
    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseTaskLists()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .DisableHtml()
        .Build();

    private static readonly Dictionary<string, string> PictureTypes = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".svg"] = "image/svg+xml",
    };

    /// <summary>The first heading rendered so far, as text; null where there was none.</summary>
    public string? Title { get; private set; }

    /// <summary>Renders one cell.</summary>
    /// <param name="markdown">The cell's text.</param>
    /// <param name="attachments">Its pasted pictures: file name to MIME type to base64.</param>
    public string Render(string markdown, JsonObject? attachments)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        Title ??= document.Descendants<HeadingBlock>().Select(Text).FirstOrDefault();
        foreach (var link in document.Descendants<LinkInline>().ToArray())
            if (link.IsImage)
                Embed(link, attachments);
            else
                Lead(link);
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new CodeBlockHtml());
        renderer.Render(document);
        return Fold(writer.ToString());
    }

    /// <summary>Lets what stands between paragraphs &lt;details&gt;&lt;summary&gt;...&lt;/summary&gt; and &lt;/details&gt; be folded.</summary>
    /// <remarks>It is the one piece of HTML that a notebook's prose may hold: any other is shown as it is written.</remarks>
    private static string Fold(string html) =>
        FoldSummary().Count(html) == FoldEnd().Count(html)
            ? FoldEnd()
                .Replace(
                    FoldSummary().Replace(html, "<details><summary>$1</summary>"),
                    "</details>"
                )
            : html;

    [GeneratedRegex(@"<p>&lt;details&gt;&lt;summary&gt;(.*?)&lt;/summary&gt;</p>")]
    private static partial Regex FoldSummary();

    [GeneratedRegex("<p>&lt;/details&gt;</p>")]
    private static partial Regex FoldEnd();

    /// <summary>A heading as plain text.</summary>
    internal static string Text(HeadingBlock heading) =>
        string.Concat(
            heading
                .Inline!.Descendants()
                .Select(inline =>
                    inline switch
                    {
                        LiteralInline literal => literal.Content.ToString(),
                        CodeInline code => code.Content,
                        _ => "",
                    }
                )
        );

    // A page must not depend on anything outside of it: what cannot be embedded becomes a link.
    private void Embed(LinkInline picture, JsonObject? attachments)
    {
        const string attachment = "attachment:";
        var url = Uri.UnescapeDataString(picture.Url ?? "");
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return;
        if (url.StartsWith(attachment, StringComparison.Ordinal))
        {
            var (type, base64) = (
                attachments?[url[attachment.Length..]] as JsonObject
            )?.FirstOrDefault()
                is { Key: not null } found
                ? (found.Key, MultilineString.Join(found.Value))
                : default;
            picture.Url = base64 is null ? url : $"data:{type};base64,{base64}";
            picture.IsImage = base64 is not null;
            return;
        }
        var file = Path.Combine(folder, url);
        if (PictureTypes.TryGetValue(Path.GetExtension(url), out var mimeType) && File.Exists(file))
            picture.Url =
                $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}";
        else
            picture.IsImage = false;
    }

    private void Lead(LinkInline link)
    {
        if (
            string.IsNullOrEmpty(link.Url)
            || link.Url[0] is '#' or '/'
            || link.Url.Contains(':', StringComparison.Ordinal)
        )
            return;
        var hash = link.Url.IndexOf('#', StringComparison.Ordinal);
        var (path, part) = hash < 0 ? (link.Url, "") : (link.Url[..hash], link.Url[hash..]);
        if (linkTo is null)
            link.Url = PageOf(path, part);
        else if (
            linkTo(Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(path)))) is { } page
        )
            link.Url = page + part;
        else
            Unlink(link);
    }

    // Its text stays.
    private static void Unlink(LinkInline link)
    {
        var text = new ContainerInline();
        while (link.FirstChild is { } child)
        {
            child.Remove();
            text.AppendChild(child);
        }
        link.ReplaceBy(text);
    }

    // Another notebook's page lies beside this page; any other file stays where it is.
    private string PageOf(string path, string part)
    {
        const string notebook = ".ipynb";
        if (path.EndsWith(notebook, StringComparison.OrdinalIgnoreCase))
            return $"{path[..^notebook.Length]}.html{part}";
        var file = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(path)));
        var relative = Path.GetRelativePath(Path.GetFullPath(pageFolder), file).Replace('\\', '/');
        return Uri.EscapeDataString(relative).Replace("%2F", "/", StringComparison.Ordinal) + part;
    }
}
