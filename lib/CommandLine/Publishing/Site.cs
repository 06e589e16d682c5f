using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using NotebookKernel;

namespace Workbook.CommandLine;

/// <summary>All lessons as static pages that open from a disk as from a server: an index for each language, and search.</summary>
internal sealed class Site
{
    private const string Plotly = "plotly.min.js";

    // Hangul as it is: the index is read by people too, and half as long.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private readonly string output;
    private readonly IReadOnlyList<SiteLesson> lessons;
    private readonly Dictionary<string, string> pages; // of files, by their full paths
    private readonly bool hasPlotly;

    private Site(string output, IReadOnlyList<SiteLesson> lessons)
    {
        this.output = output;
        this.lessons = lessons;
        pages = lessons.ToDictionary(lesson => lesson.Path, lesson => lesson.Page);
        hasPlotly = PlotlyScript.TryRead() is not null;
    }

    /// <summary>Writes the site of a workbook.</summary>
    /// <param name="notebooks">The folder of the lessons; the Korean ones lie in ko.</param>
    /// <param name="output">The site's folder.</param>
    /// <returns>How many lessons it has.</returns>
    public static int Write(string notebooks, string output)
    {
        var site = new Site(
            output,
            [.. Find(notebooks, "", "en"), .. Find(notebooks, "ko/", "ko")]
        );
        Directory.CreateDirectory(output);
        site.WriteFile("site.css", Resource("site.css"));
        site.WriteFile("site.js", Resource("site.js"));
        site.WriteFile("search-index.js", site.SearchIndex());
        if (PlotlyScript.TryRead() is { } plotly)
            site.WriteFile(Plotly, plotly);
        site.WriteTexts();
        foreach (var language in site.lessons.GroupBy(lesson => lesson.Language))
        {
            site.WriteIndex(language.Key, [.. language]);
            foreach (var (i, lesson) in language.Index())
                site.WriteLesson(
                    lesson,
                    language.ElementAtOrDefault(i - 1),
                    language.ElementAtOrDefault(i + 1)
                );
        }
        return site.lessons.Count;
    }

    private static IEnumerable<SiteLesson> Find(string notebooks, string below, string language)
    {
        var folder = Path.GetFullPath(Path.Combine(notebooks, below));
        return !Directory.Exists(folder)
            ? []
            : Directory
                .GetFiles(folder, "*.ipynb")
                .Order(StringComparer.Ordinal)
                .Select(path => new SiteLesson(
                    path,
                    $"{below}{Path.GetFileNameWithoutExtension(path)}.html",
                    language
                ));
    }

    private void WriteLesson(SiteLesson lesson, SiteLesson? before, SiteLesson? after)
    {
        var words = SiteWords.Of(lesson.Language);
        using var page = Open(lesson.Page);
        NotebookPage.Write(
            lesson.Notebook,
            page,
            new NotebookPageOptions
            {
                Language = lesson.Language,
                LinkTo = file => LinkTo(lesson, file),
                Head = Head(lesson.Up, figures: true),
                Header = Bar(lesson.Up, lesson.Language, Other(lesson)) + Contents(lesson, words),
                Footer = Footer(lesson, before, after),
                Solutions = lesson.Solutions(),
                SolutionLabel = words.Solution,
            }
        );
    }

    private void WriteIndex(string language, IReadOnlyList<SiteLesson> own)
    {
        var words = SiteWords.Of(language);
        var (below, up) = language == "ko" ? ("ko/", "../") : ("", "");
        var other = lessons.Any(lesson => lesson.Language != language)
            ? language == "ko"
                ? "../index.html"
                : "ko/index.html"
            : null;
        var items = own.Select(lesson =>
            $"<li><a href=\"{Path.GetFileName(lesson.Page)}\">{Html(lesson.Title)}</a><p>{Html(Beginning(lesson))}</p></li>"
        );
        WriteFile(
            $"{below}index.html",
            $"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html(words.Course)}</title>
            <style>
            {NotebookPage.StyleSheet}</style>
            {Head(up, figures: false)}</head>
            <body>
            {Bar(up, language, other)}<main>
            <h1>{Html(words.Course)}</h1>
            <ol class="lessons" start="0">
            {string.Join('\n', items)}
            </ol>
            </main>
            </body>
            </html>

            """
        );
    }

    /// <summary>The texts that lessons link to, such as the models' cards, as pages of their own.</summary>
    private void WriteTexts()
    {
        foreach (var lesson in lessons)
        foreach (var file in LinkedFiles.Of(lesson.Notebook))
            if (
                Path.GetExtension(file) == ".md"
                && File.Exists(file)
                && pages.TryAdd(file, $"texts/{TextName(file)}.html")
            )
                WriteText(file, pages[file]);
    }

    private void WriteText(string file, string page)
    {
        using var writer = Open(page);
        NotebookPage.Write(
            NotebookDocument.OfProse(file, File.ReadAllText(file)),
            writer,
            new NotebookPageOptions
            {
                LinkTo = _ => null,
                Head = Head("../", figures: false),
                Header = Bar("../", "en", null),
            }
        );
    }

    // models/ko-mini/README.md is called ko-mini, and README.md at the top readme.
    private static string TextName(string file) =>
        Path.GetFileNameWithoutExtension(file) is var name && name != "README" ? name
        : File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "Workbook.sln")) ? "readme"
        : Path.GetFileName(Path.GetDirectoryName(file)!);

    private string? LinkTo(SiteLesson from, string file) =>
        pages.TryGetValue(file, out var page) ? from.Up + page : null;

    private string? Other(SiteLesson lesson) =>
        lessons.FirstOrDefault(other =>
            other.Language != lesson.Language
            && Path.GetFileName(other.Page) == Path.GetFileName(lesson.Page)
        )
            is { } same
            ? lesson.Up + same.Page
            : null;

    private string Head(string up, bool figures) =>
        $"<link rel=\"stylesheet\" href=\"{up}site.css\">\n"
        + (figures && hasPlotly ? $"<script src=\"{up}{Plotly}\"></script>\n" : "")
        + $"<script src=\"{up}search-index.js\" defer></script>\n<script src=\"{up}site.js\" defer></script>\n";

    private static string Bar(string up, string language, string? other)
    {
        var words = SiteWords.Of(language);
        var index = language == "ko" ? $"{up}ko/index.html" : $"{up}index.html";
        return $"""
            <header class="site">
            <a class="home" href="{index}">{Html(words.Course)}</a>
            <label class="search"><span>{Html(
                words.Search
            )}</span><input type="search" data-up="{up}" data-none="{Html(
                words.Nothing
            )}" placeholder="{Html(words.Search)}"></label>
            {(
                other is null
                    ? ""
                    : $"<a class=\"language\" href=\"{other}\" lang=\"{words.OtherLanguage}\" hreflang=\"{words.OtherLanguage}\">{words.OtherName}</a>"
            )}
            </header>
            <div class="found" role="status"></div>

            """;
    }

    private static string Contents(SiteLesson lesson, SiteWords words)
    {
        var parts = lesson.Sections.Where(section => section is { Level: 2, Id.Length: > 0 });
        return $"<nav class=\"contents\"><details open><summary>{Html(words.Contents)}</summary><ul>\n"
            + string.Concat(
                parts.Select(part => $"<li><a href=\"#{part.Id}\">{Html(part.Heading)}</a></li>\n")
            )
            + "</ul></details></nav>\n";
    }

    private static string Footer(SiteLesson lesson, SiteLesson? before, SiteLesson? after)
    {
        return "<footer class=\"site\">\n"
            + Link(before, "prev", "← {0}")
            + Link(after, "next", "{0} →")
            + "</footer>\n";

        string Link(SiteLesson? other, string relation, string text) =>
            other is null
                ? "<span></span>\n"
                : $"<a rel=\"{relation}\" href=\"{lesson.Up}{other.Page}\">{string.Format(null, text, Html(other.Title))}</a>\n";
    }

    private string SearchIndex() =>
        "window.searchIndex = "
        + JsonSerializer.Serialize(
            lessons.Select(lesson => new
            {
                lesson.Page,
                lesson.Language,
                lesson.Title,
                Sections = lesson.Sections.Select(section =>
                    new[] { section.Id, section.Heading, section.Text }
                ),
            }),
            Readable
        )
        + ";\n";

    private static string Beginning(SiteLesson lesson)
    {
        const int most = 160;
        var text =
            lesson.Sections.Select(section => section.Text).FirstOrDefault(text => text.Length > 0)
            ?? "";
        return text.Length <= most ? text : $"{text[..text.LastIndexOf(' ', most)]} …";
    }

    private void WriteFile(string name, string text)
    {
        using var file = Open(name);
        file.Write(text);
    }

    private StreamWriter Open(string name)
    {
        var path = Path.Combine(output, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new StreamWriter(path) { NewLine = "\n" };
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = typeof(Site).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
