using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookKernel.Tests;

public class NotebookPageTests
{
    [Fact]
    public void Prose_is_rendered_and_its_raw_html_is_escaped()
    {
        var page = Page([
            NotebookFile.Markdown("# 문장 `a<b`\n\n|x|\n|-|\n|1|\n\n<script>alert(1)</script>"),
        ]);
        Assert.Contains("<title>문장 a&lt;b</title>", page);
        Assert.Contains("<td>1</td>", page);
        Assert.Contains("&lt;script&gt;", page);
        Assert.DoesNotContain("<script>", page);
    }

    [Fact]
    public void What_a_notebook_folds_is_folded_and_holds_no_other_html()
    {
        var page = Page([
            NotebookFile.Markdown(
                "<details><summary>In *Python* <b>x</b></summary>\n\n```python\nmodel.encode(x)\n```\n</details>\n\n`</details>`"
            ),
        ]);
        Assert.Contains(
            "<details><summary>In <em>Python</em> &lt;b&gt;x&lt;/b&gt;</summary>",
            page,
            StringComparison.Ordinal
        );
        Assert.Single(Regex.Matches(page, "</details>"));
        // What is not closed is shown as it is written.
        Assert.DoesNotContain(
            "<details>",
            Page([NotebookFile.Markdown("<details><summary>x</summary>")]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Where_pages_lie_elsewhere_links_lead_there_and_those_without_a_page_are_text()
    {
        var page = new StringWriter();
        NotebookPage.Write(
            NotebookDocument.OfProse(
                "/lessons/a.md",
                "[b](b.ipynb#x), [*c*](c.txt), [d](https://d)"
            ),
            page,
            new()
            {
                LinkTo = file => Path.GetFileName(file) == "b.ipynb" ? "../pages/b.html" : null,
            }
        );
        Assert.Contains("<a href=\"../pages/b.html#x\">b</a>", page.ToString());
        Assert.Contains(", <em>c</em>, <a href=\"https://d\">", page.ToString());
    }

    [Fact]
    public void A_solution_is_folded_below_its_cell_and_escaped()
    {
        var notebook = NotebookFile.Document(NotebookFile.Code("answer"));
        var page = new StringWriter();
        NotebookPage.Write(
            notebook,
            page,
            new()
            {
                Solutions = new Dictionary<string, string> { [notebook.Cells[0].Id] = "a < b" },
                SolutionLabel = "Solution",
            }
        );
        Assert.Matches(
            "<details><summary>Solution</summary>\n<pre[^>]*><code>a &lt; b</code>",
            page.ToString()
        );
    }

    [Fact]
    public void An_outline_has_the_headings_with_their_ids_and_what_follows_as_plain_text()
    {
        var notebook = NotebookDocument.OfProse(
            "a.md",
            "before\n\n# A *title*\n\nSome `code` and [a link](x).\n\n## 1. 풀링\n\n<details><summary>more</summary>\n\n- one\n- two\n"
        );
        Assert.Equal(
            [
                new(1, "", "", "before"),
                new(1, "a-title", "A title", "Some code and a link."),
                new(2, "1-풀링", "1. 풀링", "more one two"),
            ],
            NotebookOutline.Of(notebook)
        );
    }

    [Fact]
    public void Code_is_escaped_and_coloured_by_what_it_is()
    {
        var page = Page([
            NotebookFile.Code("#r \"x.dll\"\nvar x = \"<\" + 1; // why\nList<int> var2;"),
        ]);
        Assert.Contains("<span class=\"directive\">#r &quot;x.dll&quot;\n</span>", page);
        Assert.Contains(
            "<span class=\"keyword\">var</span> x = <span class=\"string\">&quot;&lt;&quot;</span>",
            page
        );
        Assert.Contains("<span class=\"number\">1</span>", page);
        Assert.Contains("<span class=\"comment\">// why</span>", page);
        Assert.Contains("List&lt;<span class=\"keyword\">int</span>&gt; var2;", page);
    }

    [Fact]
    public void Code_in_prose_is_coloured_where_it_says_that_it_is_csharp()
    {
        var page = Page([
            NotebookFile.Markdown("```csharp\nvar a = b < c;\n```\n\n```\nvar d = e < f;\n```"),
        ]);
        Assert.Contains("<code><span class=\"keyword\">var</span> a = b &lt; c;</code>", page);
        Assert.Contains("<code>var d = e &lt; f;</code>", page);
    }

    [Theory]
    [InlineData(
        "{\"text/html\":\"<b>rich</b>\",\"text/plain\":\"no\"}",
        "<div class=\"rich\"><b>rich</b></div>"
    )]
    [InlineData(
        "{\"image/svg+xml\":[\"<svg>\\n\",\"</svg>\"]}",
        "<div class=\"rich\"><svg>\n</svg></div>"
    )]
    [InlineData(
        "{\"image/png\":\"AAAA\\n\",\"text/plain\":\"no\"}",
        "src=\"data:image/png;base64,AAAA\""
    )]
    [InlineData("{\"text/markdown\":\"**m**\",\"text/plain\":\"no\"}", "<strong>m</strong>")]
    [InlineData("{\"text/plain\":\"a<b\"}", "<pre class=\"value\" tabindex=\"0\">a&lt;b</pre>")]
    public void An_output_is_shown_in_its_richest_form(string data, string expected)
    {
        var cell = NotebookFile.Code("1");
        cell["outputs"] = new JsonArray(
            new JsonObject
            {
                ["output_type"] = "display_data",
                ["data"] = JsonNode.Parse(data),
                ["metadata"] = new JsonObject(),
            }
        );
        var page = Page([cell]);
        Assert.Contains(expected, page);
        Assert.DoesNotContain(">no<", page);
    }

    [Fact]
    public void Streams_and_errors_are_escaped()
    {
        var cell = NotebookFile.Code("1");
        cell["execution_count"] = 7;
        cell["outputs"] = JsonNode.Parse(
            """
            [{"output_type":"stream","name":"stdout","text":"<out>\n"},
             {"output_type":"error","ename":"E","evalue":"m","traceback":["\u001b[31m<E>\u001b[0m","at 2"]}]
            """
        );
        var page = Page([cell]);
        Assert.Contains("[7]", page);
        Assert.Contains("<pre class=\"stdout\" tabindex=\"0\">&lt;out&gt;</pre>", page);
        Assert.Contains("<pre class=\"error\" tabindex=\"0\">&lt;E&gt;\nat 2</pre>", page);
    }

    [Fact]
    public void A_page_needs_nothing_but_itself()
    {
        using var notebook = new NotebookFile(
            NotebookFile.Markdown(
                "![local](dot.png) ![remote](https://example.org/x.png) ![gone](gone.png)"
            )
        );
        File.WriteAllBytes(Path.Combine(notebook.Folder, "dot.png"), [1, 2, 3]);
        var writer = new StringWriter();
        NotebookPage.Write(NotebookDocument.Load(notebook.Path), writer);
        var page = writer.ToString();
        Assert.Contains("<img src=\"data:image/png;base64,AQID\" alt=\"local\"", page);
        Assert.Contains("<a href=\"https://example.org/x.png\">remote</a>", page);
        Assert.DoesNotMatch("(src|<link)[^>]*(http|gone)", page);
    }

    [Fact]
    public void A_picture_pasted_into_a_cell_is_in_the_page()
    {
        var cell = NotebookFile.Markdown("![p](attachment:p.png)");
        cell["attachments"] = JsonNode.Parse("{\"p.png\":{\"image/png\":\"AQID\"}}");
        Assert.Contains("src=\"data:image/png;base64,AQID\"", Page([cell]));
    }

    [Theory]
    [InlineData("02-pooling.ipynb", "02-pooling.html")]
    [InlineData("../a.ipynb#mean", "../a.html#mean")]
    [InlineData("https://example.org/a.ipynb", "https://example.org/a.ipynb")]
    [InlineData("readme.md", "readme.md")]
    public void A_link_to_a_notebook_leads_to_its_page(string link, string expected) =>
        Assert.Contains($"<a href=\"{expected}\">", Page([NotebookFile.Markdown($"[x]({link})")]));

    [Theory]
    [InlineData("../models/card.md#numbers", "../../models/card.md#numbers")]
    [InlineData("card%20two.md", "../../notebooks/card%20two.md")]
    [InlineData("#here", "#here")]
    [InlineData("02-pooling.ipynb", "02-pooling.html")]
    public void A_link_leads_to_the_same_file_from_wherever_the_page_lies(
        string link,
        string expected
    ) =>
        Assert.Contains(
            $"<a href=\"{expected}\">",
            Page(
                [NotebookFile.Markdown($"[x]({link})")],
                new() { ProseFolder = "/course/notebooks", PageFolder = "/course/artifacts/pages" }
            )
        );

    [Fact]
    public void A_script_is_put_in_once_and_cannot_end_its_element()
    {
        var page = Page(
            [NotebookFile.Code("1"), NotebookFile.Code("2")],
            new() { Scripts = ["let s = \"</script>\";"], Language = "ko" }
        );
        Assert.Equal(2, page.Split("<script>let s = \"<\\/script>\";</script>").Length);
        Assert.Contains("<html lang=\"ko\">", page);
    }

    private static string Page(JsonObject[] cells, NotebookPageOptions? options = null)
    {
        var writer = new StringWriter();
        NotebookPage.Write(NotebookFile.Document(cells), writer, options);
        return writer.ToString();
    }
}
