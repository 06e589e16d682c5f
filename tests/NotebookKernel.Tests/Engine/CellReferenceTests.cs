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
