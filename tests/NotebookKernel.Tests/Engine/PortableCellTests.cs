namespace NotebookKernel.Tests;

public class PortableCellTests
{
    [Fact]
    public async Task The_portable_subset_shows_the_same_in_both_hosts()
    {
        using var library = new ClassLibrary();
        library.Compile("Inner", "namespace Inner; public record Thing(int Size);");
        library.Compile(
            "Outer",
            "namespace Outer; public static class Maker { public static Inner.Thing Make() => new(3); }"
        );
        await BothHosts.AssertSameAsync(
            library.Folder,
            [
                "#r \"bin/Outer.dll\"\nusing Outer;\nusing Inner;\nusing System.IO;",
                "var thing = Maker.Make(); thing",
                "new Thing(4).Size * 2.5",
                "Console.WriteLine(Path.GetFileName(\"a/b\")); display(thing); thing.Display();",
                "\"**x**\".DisplayAs(\"text/markdown\");",
                "HTML(\"<b>x</b>\")",
                "var shown = display(\"old\"); shown.Update(\"new\");",
                "record Row(string Name, double[] Values);\nnew List<Row> { new(\"a\", [1, 2.5]) }",
                "double Mean(double[] x) => x.Sum() / x.Length;\nawait Task.Yield();\nMean([1, 2])",
                "unsafe { int x = 1; Console.Write(*&x); }",
                "var thing = \"declared anew\"; thing",
            ]
        );
    }

    [Fact]
    public async Task The_comparison_fails_where_a_cell_does_not_compile_or_shows_something_else()
    {
        using var library = new ClassLibrary();
        await Assert.ThrowsAnyAsync<Exception>(() =>
            BothHosts.AssertSameAsync(library.Folder, ["DisplayedNowhere.Show()"])
        );
        await Assert.ThrowsAnyAsync<Exception>(() =>
            BothHosts.AssertSameAsync(
                library.Folder,
                ["System.Reflection.Assembly.GetExecutingAssembly().GetName().Name"]
            )
        );
    }
}
