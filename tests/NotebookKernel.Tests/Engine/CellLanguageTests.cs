namespace NotebookKernel.Tests;

public class CellLanguageTests
{
    [Theory]
    [InlineData("#!html\n<b>x</b>", "text/html", "<b>x</b>")]
    [InlineData("\n#!html\n<b>x</b>", "text/html", "<b>x</b>")]
    [InlineData("#!markdown\n# 제목", "text/markdown", "# 제목")]
    [InlineData(
        "#!javascript\nlet x = 1;",
        "text/html",
        "<script type=\"text/javascript\">let x = 1;</script>"
    )]
    public async Task Markup_is_shown_as_it_is_written(string cell, string mimeType, string shown)
    {
        var ran = await new CellSession().RunAsync(cell);
        Assert.Null(ran.Result.Error);
        Assert.Equal(shown, Assert.Single(ran.Outputs).Data[mimeType]);
    }

    [Fact]
    public async Task A_mermaid_diagram_is_shown_as_its_source_and_fetches_nothing()
    {
        var ran = await new CellSession().RunAsync("#!mermaid\ngraph LR\n  A --> B");
        var output = Assert.Single(ran.Outputs);
        Assert.Equal(["text/plain", "text/markdown"], output.Data.Keys);
        Assert.Contains("```mermaid\ngraph LR\n  A --> B\n```", output.Data["text/markdown"]);
        Assert.Contains("graph LR", output.Data["text/plain"]);
        Assert.DoesNotContain("://", string.Concat(output.Data.Values));
    }

    [Theory]
    [InlineData("#!csharp\n1 + 1")]
    [InlineData("#!c#\n1 + 1")]
    [InlineData("#!time\n#!csharp\n1 + 1")]
    public async Task A_cell_may_say_that_it_is_csharp(string cell) =>
        Assert.Equal("2", (await new CellSession().RunAsync(cell)).Value);

    [Fact]
    public async Task A_timed_cell_says_how_long_it_took_and_gives_its_value()
    {
        var ran = await new CellSession().RunAsync("#!time\nvar x = 2;\nx");
        Assert.Equal("2", ran.Value);
        Assert.Matches(@"^Wall time: \d+\.\d+ms$", Assert.Single(ran.Outputs).Data["text/plain"]);
    }

    [Fact]
    public async Task Lines_stay_those_of_the_cell_after_a_magic_command()
    {
        var session = new CellSession();
        var compiled = await session.RunAsync("#!time\n\nint x = y;");
        Assert.StartsWith("Cell 1, line 3, column 9: error CS0103", compiled.Error.Message);
        Assert.Contains(
            "   at Cell 2, line 2\n",
            (await session.RunAsync("#!csharp\nint.Parse(\"x\")")).Trace
        );
    }

    [Theory]
    [InlineData("#!share x\n1", 1, "Unknown magic command '#!share'. This kernel knows #!csharp,")]
    [InlineData("1;\n#!who", 2, "Unknown magic command '#!who'")]
    [InlineData("1;\n#!html\n<b/>", 2, "'#!html' must stand at the top of the cell")]
    [InlineData("#!html\n#!csharp\n1", 2, "A cell is written in one language")]
    [InlineData("#r \"nuget: \"", 1, "expected #r \"nuget: NAME, VERSION\"")]
    [InlineData("1;\n#i \"nuget:\"", 2, "#i \"nuget: SOURCE\"")]
    public async Task A_directive_that_cannot_be_followed_is_one_clear_error(
        string code,
        int line,
        string message
    )
    {
        var session = new CellSession();
        var error = (await session.RunAsync(code)).Error;
        Assert.Equal("DirectiveException", error.Name);
        Assert.Contains(message, error.Message);
        Assert.StartsWith($"Cell 1, line {line}: ", Assert.Single(error.Trace));
        Assert.Equal("1", (await session.RunAsync("1")).Value);
    }
}
