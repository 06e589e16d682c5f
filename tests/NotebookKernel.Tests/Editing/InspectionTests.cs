namespace NotebookKernel.Tests;

public sealed class InspectionTests : IDisposable
{
    private readonly ClassLibrary library = new();

    public void Dispose() => library.Dispose();

    [Theory]
    [InlineData("var na|me = 1;", "int name")]
    [InlineData("\"x\".Le|ngth", "int string.Length { get; }")]
    [InlineData("str|ing x = null;", "string")]
    [InlineData("Excep|tion x = null;", "class Exception")]
    [InlineData("int Twice(int n) => 2 * n;\nTwi|ce(3)", "int Twice(int n)")]
    [InlineData("System.Math.PI|", "double Math.PI = 3.14159")]
    [InlineData("\"x\".Sub|", "")]
    [InlineData("new List<int>().Select(|", "Select<int, TResult>(Func<int, TResult> selector)")]
    [InlineData("string.Join(\", \", |)", "string string.Join(string? separator,")]
    [InlineData("new Exception(|", "Exception.Exception(string")]
    [InlineData("Exception e = new(|);", "Exception.Exception(string")]
    [InlineData("Console.WriteLine(string.Concat(|))", "string string.Concat(")]
    public async Task A_name_or_a_call_is_told_by_its_signature(string cell, string signature) =>
        Assert.Contains(signature, await new CellSession().InspectAsync(cell));

    [Theory]
    [InlineData("|")]
    [InlineData("1 +| 1")]
    [InlineData("unkn|own")]
    [InlineData("// com|ment")]
    [InlineData("#!html\n<b>|</b>")]
    public async Task Where_nothing_stands_nothing_is_told(string cell) =>
        Assert.Equal("", await new CellSession().InspectAsync(cell));

    [Fact]
    public async Task What_earlier_cells_declare_is_known_with_its_comment()
    {
        var session = new CellSession();
        await session.RunAsync(
            "/// <summary>Twice as <c>much</c>.</summary>\nint Twice(int n) => 2 * n;"
        );
        var found = await session.InspectAsync("Tw|ice(1)");
        Assert.Equal("int Twice(int n)\n\nTwice as much.", found);
    }

    [Fact]
    public async Task The_documentation_beside_a_referenced_assembly_is_read()
    {
        var path = library.Compile(
            "Lib",
            "namespace Lib; public static class Answer { public static int Find(string question) => 42; }"
        );
        await File.WriteAllTextAsync(
            Path.ChangeExtension(path, ".xml"),
            """
            <?xml version="1.0"?>
            <doc><assembly><name>Lib</name></assembly><members>
            <member name="M:Lib.Answer.Find(System.String)">
              <summary>Finds the
              answer to <paramref name="question"/>; see <see cref="T:System.String"/>.</summary>
              <param name="question">What to ask.</param>
              <returns>Always <c>42</c>.</returns>
              <exception cref="T:System.ArgumentException">Never.</exception>
            </member></members></doc>
            """
        );
        var session = new CellSession(library.Folder);
        await session.RunAsync("#r \"bin/Lib.dll\"\nusing Lib;");
        Assert.Equal(
            """
            int Answer.Find(string question)

            Finds the answer to question; see String.

            question: What to ask.

            Returns: Always 42.

            Throws ArgumentException: Never.
            """,
            await session.InspectAsync("Answer.Fi|nd(\"?\")")
        );
    }

    [Theory]
    [InlineData("Con|sole.Write(1);", "Represents the standard input, output, and error streams")]
    [InlineData("\"x\".Sub|string(1)", "Retrieves a substring from this instance")]
    [InlineData("new List<int>().Ad|d(1);", "Adds an object to the end of the")]
    [InlineData("new[] { 1 }.Sel|ect(x => x)", "Projects each element of a sequence")]
    public async Task The_frameworks_documentation_is_read_where_the_sdk_has_it(
        string cell,
        string summary
    )
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(DotnetHost.Folder, "packs", "Microsoft.NETCore.App.Ref")),
            "needs the SDK's reference pack"
        );
        Assert.Contains(summary, await new CellSession().InspectAsync(cell));
    }

    [Fact]
    public async Task A_broken_documentation_file_costs_the_documentation_only()
    {
        var path = library.Compile(
            "Lib",
            "public static class Answer { public static int Find() => 42; }"
        );
        await File.WriteAllTextAsync(
            Path.ChangeExtension(path, ".xml"),
            "<doc><member name=\"M:Answer.Find\"><summary>broken</member><member name=\"M:"
        );
        var session = new CellSession(library.Folder);
        await session.RunAsync("#r \"bin/Lib.dll\"");
        Assert.Equal("int Answer.Find()", await session.InspectAsync("Answer.Fi|nd()"));
    }
}
