namespace NotebookKernel.Tests;

public class CompletenessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1 + 1")]
    [InlineData("var x = 1;")]
    [InlineData("for (;;) { }")]
    [InlineData("#!html\n<b>")]
    [InlineData("#r \"nuget: X, 1\"\nusing X;")]
    public void What_can_be_run_is_complete(string code) =>
        Assert.Equal(new(CellCompletenessStatus.Complete, ""), CellCompleteness.Of(code));

    [Theory]
    [InlineData("for (int i = 0; i < 3; i++) {", "    ")]
    [InlineData("class A { void M() {", "        ")]
    [InlineData("var x = ", "")]
    [InlineData("foo(", "")]
    [InlineData("/* comment", "")]
    [InlineData("var s = \"\"\"\nabc", "")]
    public void What_ends_in_the_middle_is_incomplete_and_says_how_to_indent(
        string code,
        string indent
    ) => Assert.Equal(new(CellCompletenessStatus.Incomplete, indent), CellCompleteness.Of(code));

    [Theory]
    [InlineData("var = = 3;")]
    [InlineData("}")]
    [InlineData("#!nonsense")]
    public void What_no_further_line_mends_is_invalid(string code) =>
        Assert.Equal(CellCompletenessStatus.Invalid, CellCompleteness.Of(code).Status);
}
