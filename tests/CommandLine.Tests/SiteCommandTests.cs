using System.Text.RegularExpressions;

namespace Workbook.CommandLine.Tests;

/// <summary>The lessons as a website: every page stands, every link leads somewhere, and nothing is fetched.</summary>
public sealed partial class SiteCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_page_is_whole_and_every_link_in_the_site_leads_to_a_page_and_a_place_in_it()
    {
        var pages = Write();
        Assert.Contains("index.html", pages.Keys);
        Assert.Contains("ko/10-fine-tune.html", pages.Keys);
        foreach (var (name, html) in pages)
        {
            Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
            Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
            foreach (var tag in new[] { "section", "details", "pre", "main", "header", "nav" })
                Assert.True(
                    Regex.Count(html, $"<{tag}[ >]") == Regex.Count(html, $"</{tag}>"),
                    $"{name}: <{tag}>"
                );
            foreach (Match link in Links().Matches(html))
            {
                var (file, place) = Target(name, link.Groups[1].Value);
                Assert.True(File.Exists(folder[file]), $"{name} leads to {file}");
                if (place.Length > 0)
                    Assert.True(
                        pages[file].Contains($"id=\"{place}\"", StringComparison.Ordinal),
                        $"{name} leads to {file}#{place}"
                    );
            }
        }
    }

    [Fact]
    public void Nothing_is_loaded_from_a_network()
    {
        foreach (var (name, html) in Write())
            Assert.False(
                Regex.IsMatch(html, """<(script|link|img|iframe)\b[^>]*(src|href)="(https?:)?//"""),
                name
            );
        foreach (var file in new[] { "site.css", "site.js" })
            Assert.DoesNotContain(
                "//",
                File.ReadAllText(folder[file]).Replace("// ", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void A_lesson_has_its_neighbours_its_other_language_its_parts_and_folded_solutions()
    {
        var page = Write()["ko/04-similarity.html"];

        Assert.Contains("<html lang=\"ko\">", page, StringComparison.Ordinal);
        Assert.Contains(
            "rel=\"prev\" href=\"../ko/03-pooling.html\"",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "rel=\"next\" href=\"../ko/05-korean-models.html\"",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "href=\"../04-similarity.html\" lang=\"en\"",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains("<nav class=\"contents\">", page, StringComparison.Ordinal);
        Assert.Matches("<details><summary>풀이</summary>\n<pre[^>]*><code>answer1 = ", page);
    }

    [Fact]
    public void The_search_index_has_what_the_lessons_say_in_both_languages()
    {
        Write();

        var index = File.ReadAllText(folder["search-index.js"]);
        Assert.StartsWith("window.searchIndex = [", index, StringComparison.Ordinal);
        Assert.Contains("풀링", index, StringComparison.Ordinal);
        Assert.Contains("pooling", index, StringComparison.Ordinal);
        Assert.DoesNotContain("<details>", index, StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_written_twice_is_the_same()
    {
        var first = Write();

        Assert.Equal(first, Write());
    }

    [Fact]
    public void A_folder_that_cannot_be_one_is_refused()
    {
        var file = folder.Write("file", "");

        Shell.Run($"site --output {file}").AssertRefused(2, "cannot be a folder");
        Shell
            .Run("site", folder: folder.Path)
            .AssertRefused(2, "run this in the workbook's folder");
    }

    private Dictionary<string, string> Write()
    {
        var result = Shell.Run($"site --output {folder.Path}");
        Assert.Equal((0, ""), (result.Code, result.Error));
        return Directory
            .EnumerateFiles(folder.Path, "*.html", SearchOption.AllDirectories)
            .ToDictionary(
                path => Path.GetRelativePath(folder.Path, path).Replace('\\', '/'),
                File.ReadAllText
            );
    }

    // From a page to a file of the site, and the place in it.
    private static (string File, string Place) Target(string page, string link)
    {
        var parts = Uri.UnescapeDataString(link).Split('#');
        var file =
            parts[0].Length == 0
                ? page
                : Path.GetRelativePath(
                        "/",
                        Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(page)!, parts[0]))
                    )
                    .Replace('\\', '/');
        return (file, parts.ElementAtOrDefault(1) ?? "");
    }

    [GeneratedRegex("""<(?:a|link|script)\b[^>]*\b(?:href|src)="(?![a-z]+:)([^"]*)""")]
    private static partial Regex Links();
}
