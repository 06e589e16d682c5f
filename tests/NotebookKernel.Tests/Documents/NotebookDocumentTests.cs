using System.Text;
using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

public class NotebookDocumentTests
{
    // What Python's nbformat.write gives for this notebook, byte for byte.
    private const string Written = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "a1",
           "metadata": {},
           "source": [
            "# 제목 😀\n",
            "a/b \"q\" \\ \t <&>"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 1,
           "id": "b2",
           "metadata": {
            "tags": []
           },
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "one\n",
              "two"
             ]
            },
            {
             "data": {
              "application/json": {
               "n": 1.50
              },
              "image/png": "AAAA\n",
              "text/plain": [
               "x"
              ]
             },
             "metadata": {},
             "output_type": "display_data"
            }
           ],
           "source": []
          }
         ],
         "metadata": {},
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void Saving_an_unchanged_notebook_gives_the_same_bytes()
    {
        using var file = new NotebookFile("1");
        File.WriteAllText(file.Path, Written);
        NotebookDocument.Load(file.Path).Save(file.Path);
        Assert.Equal(Encoding.UTF8.GetBytes(Written), File.ReadAllBytes(file.Path));
        Assert.Equal([file.Path], Directory.GetFiles(file.Folder));
    }

    [Fact]
    public void Another_layout_of_the_same_notebook_is_brought_to_the_canonical_one()
    {
        var compact = JsonNode.Parse(Written)!;
        compact["cells"]![1]!["outputs"]![0]!["text"] = "one\ntwo";
        compact["cells"]![0]!["source"] = "# 제목 😀\na/b \"q\" \\ \t <&>";
        var text = compact.ToJsonString();
        Assert.Contains("\\uD83D", text);
        Assert.Equal(Written, Parse(text).ToString());
    }

    [Theory]
    [InlineData("a\r\nb", "a\r\n|b")]
    [InlineData("a\rb\u2028c\n", "a\r|b\u2028|c\n")]
    [InlineData("\n\n", "\n|\n")]
    [InlineData("", "")]
    public void Lines_end_where_pythons_splitlines_ends_them(string text, string lines)
    {
        var split = MultilineString.Split(text);
        Assert.Equal(lines, string.Join('|', split.Select(line => (string?)line)));
        Assert.Equal(text, MultilineString.Join(split));
    }

    [Fact]
    public void An_older_notebook_gains_ids_and_the_same_ones_every_time()
    {
        var older = NotebookFile
            .Text(NotebookFile.Code("1"), NotebookFile.Code("1"))
            .Replace("\"nbformat_minor\":5", "\"nbformat_minor\":2");
        var ids = Parse(older).Cells.Select(cell => cell.Id).ToArray();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{8}$", id));
        Assert.Equal(ids, Parse(older).Cells.Select(cell => cell.Id));
        Assert.Contains("\"nbformat_minor\": 5", Parse(older).ToString());
    }

    [Fact]
    public void A_lone_surrogate_that_a_cell_printed_does_not_break_the_file()
    {
        var notebook = NotebookFile.Document(NotebookFile.Code("1"));
        notebook.Cells[0].Outputs = [NotebookOutput.Stream("stdout", "a\ud800b")];
        Assert.Equal("a\ufffdb", Parse(notebook.ToString()).Cells[0].Outputs[0].Text);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{\"cells\": [", "not valid JSON")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("null", "expected a JSON object")]
    [InlineData("{\"a\":1,\"a\":2}", "not valid JSON")]
    [InlineData("{}", "nbformat: expected 4, found nothing")]
    [InlineData("{\"nbformat\":3,\"worksheets\":[]}", "nbformat: expected 4, found 3")]
    [InlineData("{\"nbformat\":\"4\"}", "nbformat: expected 4, found \"4\"")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5}", "metadata: expected an object")]
    [InlineData("{\"nbformat\":4,\"metadata\":{}}", "nbformat_minor: expected a whole number")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{}}",
        "cells: expected an array"
    )]
    public void A_broken_notebook_is_a_clear_error_that_names_the_file(string text, string problem)
    {
        var error = Assert.Throws<NotebookFormatException>(() => Parse(text));
        Assert.StartsWith("broken.ipynb: ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Theory]
    [InlineData("1", "cell 1: expected an object")]
    [InlineData("{}", "cell 1: cell_type: expected code, markdown or raw, found nothing")]
    [InlineData("{\"cell_type\":\"heading\"}", "found heading")]
    [InlineData(
        "{\"cell_type\":\"raw\"}",
        "cell 1: source: expected a string or a list of strings"
    )]
    [InlineData("{\"cell_type\":\"raw\",\"source\":[1]}", "cell 1: source")]
    [InlineData("{\"cell_type\":\"raw\",\"source\":\"\\ud800\"}", "not valid Unicode")]
    [InlineData(
        "{\"cell_type\":\"raw\",\"source\":\"\",\"metadata\":[]}",
        "cell 1: metadata: expected an object"
    )]
    [InlineData("{\"cell_type\":\"raw\",\"source\":\"\",\"id\":\"a b\"}", "cell 1: id")]
    [InlineData(
        "{\"cell_type\":\"raw\",\"source\":\"\",\"id\":\"first\"}",
        "cell 1: id: first is another cell's too"
    )]
    [InlineData(
        "{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":{}}",
        "cell 1: outputs: expected an array"
    )]
    [InlineData(
        "{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":[{}]}",
        "cell 1: outputs[0]: unknown output_type"
    )]
    [InlineData(
        "{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":[{\"output_type\":\"display_data\"}]}",
        "cell 1: outputs[0]: data"
    )]
    [InlineData(
        "{\"cell_type\":\"code\",\"source\":\"\",\"execution_count\":\"1\"}",
        "cell 1: execution_count"
    )]
    public void A_broken_cell_is_a_clear_error_that_names_it(string cell, string problem)
    {
        var first = "{\"cell_type\":\"raw\",\"source\":\"\",\"metadata\":{},\"id\":\"first\"}";
        var text =
            $"{{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{{}},\"cells\":[{first},{cell}]}}";
        Assert.Contains(problem, Assert.Throws<NotebookFormatException>(() => Parse(text)).Message);
    }

    [Fact]
    public void Endless_nesting_is_an_error()
    {
        var text = new string('[', 100_000);
        Assert.Throws<NotebookFormatException>(() => Parse(text));
    }

    [Fact]
    public void A_missing_or_huge_file_is_named()
    {
        Assert.Contains(
            "gone.ipynb",
            Assert.Throws<FileNotFoundException>(() => NotebookDocument.Load("gone.ipynb")).Message
        );
        using var file = new NotebookFile("1");
        using (var stream = File.OpenWrite(file.Path))
            stream.SetLength(300L << 20);
        Assert.Contains(
            "expected at most",
            Assert.Throws<NotebookFormatException>(() => NotebookDocument.Load(file.Path)).Message
        );
    }

    private static NotebookDocument Parse(string text) =>
        NotebookDocument.Parse("broken.ipynb", Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"workbook": {"packages": ["Plotly.NET", "Other"]}}""", "Plotly.NET Other")]
    [InlineData("""{"workbook": {"packages": "Plotly.NET"}}""", "")]
    [InlineData("""{"workbook": {"packages": [1, null, {"a": 2}, "Plotly.NET"]}}""", "Plotly.NET")]
    [InlineData("""{"workbook": 5}""", "")]
    public void It_names_the_packages_that_it_cannot_do_without(string metadata, string expected)
    {
        var text =
            $$"""{"cells": [], "metadata": {{metadata}}, "nbformat": 4, "nbformat_minor": 5}""";
        var notebook = NotebookDocument.Parse("n.ipynb", Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, string.Join(' ', notebook.RequiredPackages));
    }
}
