namespace NotebookKernel.Tests;

public class CheckpointTests
{
    [Theory]
    [InlineData("Func<int, int> f = x => 2 * x;\nf(2)", "4")]
    [InlineData("var f = (int x) => 2 * x;\nf(2)", "4")]
    [InlineData("var f = async (int x) => { await Task.Yield(); return x; };\nawait f(4)", "4")]
    [InlineData("Func<Task<int>> f = async () => await Task.FromResult(4);\nawait f()", "4")]
    [InlineData(
        "var n = 3; Func<Task> f = async () => await Task.Run(() => n++);\nawait f(); n",
        "4"
    )]
    [InlineData("var n = 3; Action f = () => n++;\nf(); n", "4")]
    [InlineData("Func<string> f = () => null;\nf() ?? \"4\"", "4")]
    [InlineData("Func<List<int>> f = () => new();\nf().Count + 4", "4")]
    [InlineData("Func<int[]> f = () => [1, 3];\nf().Sum()", "4")]
    [InlineData("int[] xs = [4]; ref int F() => ref xs[0];\nF()", "4")]
    [InlineData("async Task F() => await Task.Yield();\nawait F(); 4", "4")]
    [InlineData("async Task<int> F() => await Task.FromResult(4);\nawait F()", "4")]
    [InlineData(
        "async System.Threading.Tasks.ValueTask F() => await Task.Yield();\nawait F(); 4",
        "4"
    )]
    [InlineData(
        "class A { public int B() => 4; public T C<T>(T t) => t; }\nnew A().C(new A().B())",
        "4"
    )]
    [InlineData("IEnumerable<int> F() { yield return 4; }\nF().Single()", "4")]
    [InlineData("static string Twice(this string s) => s + s;\n\"2\".Twice()", "22")]
    [InlineData("(from x in new[] { 1, 4 } where x > 2 select x).Single()", "4")]
    [InlineData(
        "new[] { 3, 1 }.OrderBy(x => x).ThenBy(x => -x).Select((x, i) => x + i).Sum()",
        "5"
    )]
    [InlineData("var d = new Dictionary<int, Func<int>> { [1] = () => 4 };\nd[1]()", "4")]
    [InlineData("Func<int, Func<int, int>> add = a => b => a + b;\nadd(1)(3)", "4")]
    public async Task What_can_be_stopped_computes_what_is_written(string cell, string value) =>
        Assert.Equal(value, (await new CellSession().RunAsync(cell)).Value);

    [Fact]
    public async Task An_expression_tree_stays_what_is_written()
    {
        var ran = await new CellSession().RunAsync(
            "System.Linq.Expressions.Expression<Func<int[], int>> e = xs => xs.Count(x => x > 1);\ne.ToString()"
        );
        Assert.Equal("xs => xs.Count(x => (x > 1))", ran.Value);
        var query = await new CellSession().RunAsync(
            "new[] { 1, 2 }.AsQueryable().Where(x => x > 1).Single()"
        );
        Assert.Equal("2", query.Value);
    }
}
