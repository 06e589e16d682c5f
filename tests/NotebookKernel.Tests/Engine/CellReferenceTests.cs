namespace NotebookKernel.Tests;

public sealed class CellReferenceTests : IDisposable
{
    private readonly ClassLibrary library = new();

    public void Dispose() => library.Dispose();

    [Fact]
    public async Task An_assembly_is_found_relative_to_the_notebooks_folder()
    {
        library.Compile(
            "Lib",
            "namespace Lib; public static class Answer { public static int Value => 42; }"
        );
        var session = new CellSession(library.Folder);
        await session.RunAsync("#r \"bin/Lib.dll\"\nusing Lib;");
        Assert.Equal("42", (await session.RunAsync("Answer.Value")).Value);
    }

    [Fact]
    public async Task What_lies_beside_a_referenced_assembly_can_be_used_without_naming_it()
    {
        library.Compile("Inner", "namespace Inner; public record Thing(int Size);");
        library.Compile(
            "Outer",
            "namespace Outer; public static class Maker { public static Inner.Thing Make() => new(3); }"
        );
        var session = new CellSession(library.Folder);
        var first = await session.RunAsync("#r \"bin/Outer.dll\"\nusing Outer;\nusing Inner;");
        Assert.Null(first.Result.Error);
        Assert.Equal("3", (await session.RunAsync("Maker.Make().Size")).Value);
        Assert.Equal("4", (await session.RunAsync("new Thing(4).Size")).Value);
    }

    [Fact]
    public async Task An_assembly_is_loaded_once_and_knows_its_own_file()
    {
        var path = library.Compile(
            "Lib",
            "namespace Lib; public static class Counter { public static int Value; }"
        );
        var session = new CellSession(library.Folder);
        await session.RunAsync("#r \"bin/Lib.dll\"\nLib.Counter.Value = 5;");
        await session.RunAsync("#r \"./bin/../bin/Lib.dll\"");
        Assert.Equal("5", (await session.RunAsync("Lib.Counter.Value")).Value);
        Assert.Equal(path, (await session.RunAsync("typeof(Lib.Counter).Assembly.Location")).Value);
    }

    [Fact]
    public async Task A_missing_assembly_says_what_to_build_and_to_restart()
    {
        var error = (await new CellSession(library.Folder).RunAsync("#r \"bin/Lib.dll\"")).Error;
        Assert.Contains("Cell 1, line 1", error.Message);
        Assert.Contains("'bin/Lib.dll' could not be found", error.Message);
        Assert.Contains(
            "Build the project Lib first (dotnet build), then restart the kernel",
            error.Message
        );
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_a_compile_error()
    {
        var path = Path.Combine(library.Folder, "Bad.dll");
        await File.WriteAllTextAsync(path, "not an assembly");
        var error = (await new CellSession(library.Folder).RunAsync("#r \"Bad.dll\"")).Error;
        Assert.Equal("CompilationErrorException", error.Name);
        Assert.Contains("Bad.dll", error.Message);
    }

    [Fact]
    public async Task A_framework_assembly_is_known_by_name()
    {
        var ran = await new CellSession().RunAsync(
            "#r \"System.Text.Json\"\nSystem.Text.Json.JsonSerializer.Serialize(1)"
        );
        Assert.Equal("1", ran.Value);
    }

    [Fact]
    public async Task A_loaded_file_runs_and_its_own_references_are_relative_to_it()
    {
        library.Compile(
            "Lib",
            "namespace Lib; public static class Answer { public static int Value => 42; }"
        );
        var script = Path.Combine(library.Folder, "bin", "helper.csx");
        await File.WriteAllTextAsync(script, "#r \"Lib.dll\"\nint Double(int x) => 2 * x;");
        var session = new CellSession(library.Folder);
        var ran = await session.RunAsync("#load \"bin/helper.csx\"\nDouble(Lib.Answer.Value)");
        Assert.Equal("84", ran.Value);
    }

    [Fact]
    public async Task A_loaded_file_loads_what_lies_beside_it_else_what_lies_in_the_notebooks_folder()
    {
        Directory.CreateDirectory(Path.Combine(library.Folder, "sub"));
        void Write(string file, string code) =>
            File.WriteAllText(Path.Combine(library.Folder, file), code);
        Write(
            "sub/outer.csx",
            "#load \"beside.csx\"\n#load \"above.csx\"\nint Sum() => Beside() + Above();"
        );
        Write("sub/beside.csx", "int Beside() => 1;");
        Write("above.csx", "int Above() => 2;");
        var session = new CellSession(library.Folder);
        Assert.Equal("3", (await session.RunAsync("#load \"sub/outer.csx\"\nSum()")).Value);
    }

    [Theory]
    [InlineData("#load \"none.csx\"", "Cell 1, line 1, column 7: error CS1504")]
    [InlineData("var q = 1;\n#load \"bad.csx\"", "Cell 1, line 2, column 2: error CS8098")]
    [InlineData("#load \"bad.csx\"", "bad.csx, line 2, column 9: error CS0029")]
    [InlineData("#load \"package.csx\"", "package.csx, line 1, column 1: error CS0006")]
    public async Task A_file_that_cannot_be_loaded_is_told_with_file_and_line(
        string cell,
        string message
    )
    {
        void Write(string file, string code) =>
            File.WriteAllText(Path.Combine(library.Folder, file), code);
        Write("bad.csx", "int a = 1;\nint b = \"x\";");
        Write("package.csx", "#r \"nuget: X, 1\"");
        var error = (await new CellSession(library.Folder).RunAsync(cell)).Error;
        Assert.StartsWith(message, error.Message);
        Assert.DoesNotContain("Build the project nuget", error.Message);
    }

    [Fact]
    public async Task An_exception_in_a_loaded_file_is_told_with_its_line_and_its_loops_can_be_stopped()
    {
        await File.WriteAllTextAsync(
            Path.Combine(library.Folder, "f.csx"),
            "int Fail() =>\n    int.Parse(\"x\");\nvoid Loop() { while (true) { } }"
        );
        var session = new CellSession(library.Folder);
        var failed = await session.RunAsync("#load \"f.csx\"\nFail()");
        Assert.Contains("   at f.csx, line 2, in Fail\n   at Cell 1, line 2", failed.Trace);
        var run = new CellRun();
        var running = session.RunAsync("Loop();", run);
        await Task.WhenAny(running, Task.Delay(300));
        run.Interrupt();
        Assert.Equal("The cell was interrupted.", (await running).Error.Message);
    }

    [Fact]
    public async Task A_native_library_beside_a_referenced_assembly_is_found_by_its_short_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "copies Linux's libz under another name");
        var system = Directory
            .EnumerateFiles(
                "/usr/lib",
                "libz.so.1",
                new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }
            )
            .FirstOrDefault();
        Assert.SkipWhen(system is null, "needs libz.so.1 below /usr/lib");
        library.Compile(
            "Native",
            "using System.Runtime.InteropServices; public static class Native { [DllImport(\"surelynowhere\")] public static extern nint zlibVersion(); }"
        );
        File.Copy(system, Path.Combine(library.Folder, "bin", "libsurelynowhere.so"));
        var ran = await new CellSession(library.Folder).RunAsync(
            "#r \"bin/Native.dll\"\nSystem.Runtime.InteropServices.Marshal.PtrToStringAnsi(Native.zlibVersion())[..2]"
        );
        Assert.Equal("1.", ran.Value);
    }
}
