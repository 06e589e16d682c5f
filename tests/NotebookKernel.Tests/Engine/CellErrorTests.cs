namespace NotebookKernel.Tests;

public class CellErrorTests
{
    [Fact]
    public async Task A_compile_error_names_the_cell_its_line_and_its_column()
    {
        var session = new CellSession();
        await session.RunAsync("1");
        var error = (await session.RunAsync("var x = 1;\n  var y = z;")).Error;
        Assert.Equal("CompilationErrorException", error.Name);
        Assert.Equal(
            "Cell 2, line 2, column 11: error CS0103: The name 'z' does not exist in the current context",
            error.Message
        );
        Assert.Equal([error.Message, "      var y = z;", "              ^"], error.Trace);
    }

    [Fact]
    public async Task All_compile_errors_are_told_in_the_order_of_the_lines()
    {
        var error = (await new CellSession().RunAsync("a;\nint b = \"\";\nc()")).Error;
        var told = error.Trace.Where(line => line[0] != ' ').ToArray();
        Assert.Equal(
            ["Cell 1, line 1", "Cell 1, line 2", "Cell 1, line 3"],
            told.Select(line => line[..14]).Distinct()
        );
    }

    [Fact]
    public async Task An_exception_points_at_the_line_of_the_cell()
    {
        var ran = await new CellSession().RunAsync(
            "var x = 1;\n\nthrow new InvalidOperationException(\"boom\");"
        );
        Assert.Equal(nameof(InvalidOperationException), ran.Error.Name);
        Assert.Equal("boom", ran.Error.Message);
        Assert.Equal(
            "System.InvalidOperationException: boom\n   at Cell 1, line 3\n      throw new InvalidOperationException(\"boom\");",
            ran.Trace
        );
    }

    [Fact]
    public async Task A_trace_through_a_method_of_an_earlier_cell_names_both_cells()
    {
        var session = new CellSession();
        await session.RunAsync(
            "int Half(int x)\n{\n    if (x % 2 == 1) throw new ArgumentException(\"odd\");\n    return x / 2;\n}"
        );
        var ran = await session.RunAsync("Console.WriteLine(Half(2));\nHalf(3)");
        Assert.Contains("   at Cell 1, line 3, in Half", ran.Trace);
        Assert.Contains("   at Cell 2, line 2", ran.Trace);
    }

    [Fact]
    public async Task A_failed_range_check_is_told_with_its_cell()
    {
        var session = new CellSession();
        await session.RunAsync("int At(int[] x, int i) => x[i];");
        var ran = await session.RunAsync("At([1, 2], 5)");
        Assert.Equal(nameof(IndexOutOfRangeException), ran.Error.Name);
        Assert.Contains("   at Cell 1", ran.Trace);
        Assert.Contains("   at Cell 2, line 1", ran.Trace);
    }

    [Fact]
    public async Task A_trace_after_an_await_still_points_at_the_cell()
    {
        var ran = await new CellSession().RunAsync("await Task.Delay(1);\nint.Parse(\"x\");");
        Assert.Contains("   at Cell 1, line 2", ran.Trace);
        Assert.Contains("System.Int32.Parse", ran.Trace);
    }

    [Fact]
    public async Task A_trace_tells_the_cause_and_no_frame_of_the_kernel()
    {
        var ran = await new CellSession().RunAsync(
            "try { int.Parse(\"x\"); } catch (Exception e) { throw new Exception(\"outer\", e); }"
        );
        Assert.Contains("caused by System.FormatException", ran.Trace);
        Assert.DoesNotContain("NotebookKernel.", ran.Trace);
        Assert.DoesNotContain("ControlledExecution", ran.Trace);
    }

    [Theory]
    [InlineData(
        "for (var i = 0; i < 3; i++)\n    if (i == 2)\n        int.Parse(\"x\");\n    else\n        Console.Write(i);",
        3
    )]
    [InlineData(
        "foreach (var i in new[] { 1 })\n{\n    Console.Write(i);\n}\nint.Parse(\"x\");",
        5
    )]
    [InlineData(
        "var i = 0;\nwhile (i < 3) // count\n#pragma warning disable CS0168\n    i++;\n#pragma warning restore CS0168\nint.Parse(\"x\");",
        6
    )]
    [InlineData(
        "var i = 0;\ndo\n    i++;\n#if !NEVER\nwhile (i < 3);\n#endif\nint.Parse(\"x\");",
        7
    )]
    [InlineData("int F(int x) =>\n    x /\n    0; // why\nint.Parse(\"x\");", 4)]
    [InlineData("int F(int x)\n    => throw\n    new Exception()\n;\nint.Parse(\"x\");", 5)]
    [InlineData("Func<int, int> f = x =>\n    // twice\n    2 * x\n;\nf(1);\nint.Parse(\"x\");", 6)]
    [InlineData("new[] { \"1\", \"x\" }\n    .Select(s =>\n        int.Parse(s))\n    .Sum()", 3)]
    [InlineData("Action a = () =>\n{\n#if !NEVER\n    int.Parse(\"x\");\n#endif\n};\na();", 4)]
    [InlineData("void F() =>\n#if !NEVER\n    int.Parse(\"x\");\n#endif\nF();", 3)]
    [InlineData("int F(string s) =>\n    // why\n    int.Parse(s);\nF(\"x\")", 3)]
    [InlineData("Func<int> f = () =>\n    throw\n    new FormatException();\nf();", 2)]
    public async Task Loops_and_functions_keep_their_lines(string code, int line)
    {
        var ran = await new CellSession().RunAsync(code);
        Assert.Equal(nameof(FormatException), ran.Error.Name);
        Assert.Matches($@"   at Cell 1, line {line}(\n|, in )", ran.Trace);
    }

    [Fact]
    public async Task A_compile_error_in_a_loop_has_the_columns_of_the_cell()
    {
        var error = (await new CellSession().RunAsync("while (true) x++;")).Error;
        Assert.StartsWith("Cell 1, line 1, column 14: error CS0103", error.Message);
    }

    [Fact]
    public async Task A_very_long_expression_runs()
    {
        var ran = await new CellSession().RunAsync(
            "\"a\"" + string.Concat(Enumerable.Repeat(" + \"b\"", 3000))
        );
        Assert.Equal(3001, ran.Value.Length);
    }

    [Fact]
    public async Task An_exception_in_an_async_void_is_told_and_ends_nothing()
    {
        var session = new CellSession();
        var ran = await session.RunAsync(
            "async void F() { await Task.Yield(); throw new Exception(\"lost\"); }\nF(); await Task.Delay(300);"
        );
        Assert.Contains("lost", Assert.Single(ran.Outputs).Text);
        Assert.Equal("1", (await session.RunAsync("1")).Value);
    }
}
