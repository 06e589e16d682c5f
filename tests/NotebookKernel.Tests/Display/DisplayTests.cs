namespace NotebookKernel.Tests;

public class DisplayTests
{
    // An attribute of this name is all that a library needs; it references no notebook host.
    private const string Convention = """
        [AttributeUsage(AttributeTargets.Class)]
        class TypeFormatterSourceAttribute : Attribute
        {
            public TypeFormatterSourceAttribute(Type type) => FormatterSourceType = type;
            public Type FormatterSourceType { get; }
            public string[] PreferredMimeTypes { get; set; }
        }
        class ChartSource { public IEnumerable<object> CreateTypeFormatters() => new object[] { new ChartFormatter("text/html"), new ChartFormatter("application/vnd.x+json") }; }
        class ChartFormatter
        {
            public ChartFormatter(string mime) => MimeType = mime;
            public string MimeType { get; }
            public bool Format(object instance, System.IO.TextWriter writer) { writer.Write(MimeType == "text/html" ? "<i>chart</i>" : "{\"n\":1}"); return true; }
        }
        [TypeFormatterSource(typeof(ChartSource), PreferredMimeTypes = new[] { "text/html", "application/vnd.x+json" })]
        class Chart { }
        [TypeFormatterSource(typeof(ChartSource), PreferredMimeTypes = new[] { "text/html", "image/tiff" })]
        class Broken { }
        """;

    [Theory]
    [InlineData("3.14", "3.14")]
    [InlineData("\"a<b\"", "a<b")]
    [InlineData("new[] { 1.5, 2.5 }", "[ 1.5, 2.5 ]")]
    [InlineData("(1, \"x\")", "( 1, x )")]
    [InlineData("(string)null", "<null>")]
    public async Task A_trailing_expression_is_shown_as_the_other_host_shows_it(
        string code,
        string plain
    ) => Assert.Equal(plain, (await new CellSession().RunAsync(code)).Value);

    [Fact]
    public async Task Objects_are_shown_as_html_and_as_plain_text()
    {
        var ran = await new CellSession().RunAsync("record Row(int A);\nnew[] { new Row(1) }");
        Assert.Contains("<table>", ran.Result.Value!["text/html"]);
        Assert.Contains("A: 1", ran.Value);
    }

    [Theory]
    [InlineData("Math.Abs(1);")]
    [InlineData("var x = 1;")]
    [InlineData("Console.Write(\"\")")]
    [InlineData("void F() { }\nF()")]
    [InlineData("int F() { return 1; }")]
    [InlineData("// only a comment")]
    public async Task A_cell_without_a_trailing_value_shows_none(string code)
    {
        var ran = await new CellSession().RunAsync(code);
        Assert.Null(ran.Result.Error);
        Assert.Null(ran.Result.Value);
    }

    [Theory]
    [InlineData("display(1)")]
    [InlineData("1.Display()")]
    [InlineData("\"x\".DisplayAs(\"text/markdown\")")]
    public async Task A_displayed_value_at_the_end_is_shown_once(string code)
    {
        var ran = await new CellSession().RunAsync(code);
        Assert.Null(ran.Result.Value);
        Assert.Single(ran.Outputs);
    }

    [Fact]
    public async Task Outputs_keep_the_order_in_which_they_happened()
    {
        var ran = await new CellSession().RunAsync(
            "Console.Write(\"a\"); display(\"b\"); Console.Write(\"c\"); Console.Write(\"d\"); Console.Error.Write(\"e\");"
        );
        Assert.Equal(
            ["a", "b", "cd", "e"],
            ran.Outputs.Select(output => output.Text ?? output.Data["text/plain"])
        );
    }

    [Fact]
    public async Task An_update_replaces_the_value_where_it_stands_also_from_a_later_cell()
    {
        var session = new CellSession();
        var ran = await session.RunAsync("var shown = display(\"old\"); display(\"after\");");
        await session.RunAsync("shown.Update(\"new\");");
        Assert.Equal(["new", "after"], ran.Outputs.Select(output => output.Data["text/plain"]));
    }

    [Fact]
    public async Task Html_goes_out_as_it_is()
    {
        var ran = await new CellSession().RunAsync("HTML(\"<b>x</b>\")");
        Assert.Equal("<b>x</b>", ran.Result.Value!["text/html"]);
        Assert.Equal("<text/html>", ran.Value);
    }

    [Fact]
    public async Task A_type_that_says_how_to_format_it_is_shown_in_all_its_forms()
    {
        var session = new CellSession();
        await session.RunAsync(Convention);
        var data = (await session.RunAsync("new Chart()")).Result.Value!.ToJson();
        Assert.Equal("<i>chart</i>", (string?)data["text/html"]);
        Assert.Equal(1, (int?)data["application/vnd.x+json"]!["n"]);
        Assert.NotNull(data["text/plain"]);
    }

    [Fact]
    public async Task A_preferred_form_that_nobody_formats_is_an_error_and_not_the_end_of_the_process()
    {
        var session = new CellSession();
        await session.RunAsync(Convention);
        var error = (await session.RunAsync("new Broken()")).Error;
        Assert.Contains("No formatter is registered for MIME type image/tiff", error.Message);
        error = (await session.RunAsync("display(1, \"text/nothing\");")).Error;
        Assert.Contains("No formatter is registered for MIME type text/nothing", error.Message);
    }

    [Theory]
    [InlineData("new[] { new Broken() }")]
    [InlineData("new Dictionary<string, Broken> { [\"a\"] = new() }")]
    [InlineData("new { Inner = new Broken(), List = new List<Broken> { new() } }")]
    [InlineData("(1, new Broken())")]
    public async Task Such_a_value_inside_of_another_is_shown_by_the_form_that_there_is(
        string value
    )
    {
        var session = new CellSession();
        await session.RunAsync(Convention);
        var ran = await session.RunAsync(value);
        Assert.Null(ran.Result.Error?.Message);
        Assert.Contains("<i>chart</i>", ran.Result.Value!["text/html"]);
    }

    [Fact]
    public async Task An_update_keeps_the_forms_of_what_was_shown_first()
    {
        var session = new CellSession();
        await session.RunAsync(Convention);
        var ran = await session.RunAsync(
            """
            var plain = display(new[] { 1 }, "text/plain"); plain.Update(new[] { 2 });
            var html = display(HTML("<b>1</b>")); html.Update(HTML("<b>2</b>"));
            var markdown = "# 1".DisplayAs("text/markdown"); markdown.Update("# 2");
            var chart = new Chart().Display(); chart.Update(new Chart());
            """
        );
        Assert.Null(ran.Result.Error?.Message);
        string[][] kinds = [.. ran.Outputs.Select(output => output.Data.Keys.Order().ToArray())];
        Assert.Equal(["text/plain"], kinds[0]);
        Assert.Equal("[ 2 ]", ran.Outputs[0].Data["text/plain"]);
        Assert.Equal("<b>2</b>", ran.Outputs[1].Data["text/html"]);
        Assert.Equal("# 2", ran.Outputs[2].Data["text/markdown"]);
        Assert.Equal(["application/vnd.x+json", "text/html", "text/plain"], kinds[3]);
        var wrong = await session.RunAsync("chart.Update(1);");
        Assert.Contains("No formatter is registered for MIME type", wrong.Error.Message);
    }

    [Fact]
    public async Task Progress_is_one_output_that_ends_as_it_was_last()
    {
        var ran = await new CellSession().RunAsync(
            "var progress = display(\"0 %\");\nfor (var i = 1; i <= 100; i++) progress.Update($\"{i} %\");"
        );
        Assert.Equal("100 %", Assert.Single(ran.Outputs).Data["text/plain"]);
    }

    [Fact]
    public async Task Json_that_is_none_is_the_cells_error()
    {
        var ran = await new CellSession().RunAsync("\"{\".DisplayAs(\"application/json\");");
        Assert.Contains("The application/json output is not valid JSON", ran.Error.Message);
        Assert.Empty(ran.Outputs);
    }

    [Fact]
    public async Task A_formatter_that_throws_is_the_cells_error()
    {
        var ran = await new CellSession().RunAsync(
            "class Bad { public override string ToString() => throw new Exception(\"bad\"); }\n\"\" + new Bad()"
        );
        Assert.Equal("bad", ran.Error.Message);
    }

    [Fact]
    public async Task Many_small_writes_are_one_output()
    {
        var ran = await new CellSession().RunAsync(
            "for (var i = 0; i < 200_000; i++) Console.Write('x');"
        );
        Assert.Equal(200_000, Assert.Single(ran.Outputs).Text!.Length);
    }

    [Fact]
    public async Task A_cell_that_prints_for_ever_fails_before_the_memory_is_full()
    {
        var ran = await new CellSession().RunAsync(
            "while (true) Console.Write(new string('x', 1 << 20));"
        );
        Assert.Equal("The cell wrote more than 16 million characters.", ran.Error.Message);
    }

    [Fact]
    public async Task Writing_by_several_threads_reaches_the_cell_that_started_them()
    {
        var ran = await new CellSession().RunAsync(
            "var thread = new System.Threading.Thread(() => Console.Write(\"t\")); thread.Start(); thread.Join();\nawait Task.Run(() => Console.Write(\"p\"));"
        );
        Assert.Equal("tp", Assert.Single(ran.Outputs).Text);
    }
}
