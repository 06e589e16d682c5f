namespace Workbook.CommandLine.Tests;

public sealed class KernelCommandTests : IDisposable
{
    private readonly TemporaryFolder prefix = new();

    private string Folder => prefix["share/jupyter/kernels/csharp-workbook"];

    public void Dispose() => prefix.Dispose();

    [Fact]
    public void It_installs_says_how_to_go_on_and_uninstalls()
    {
        var installed = Shell.Run($"kernel install --prefix {prefix.Path}");
        Assert.Equal((0, Folder + "\n"), (installed.Code, installed.Output));
        Assert.Contains(
            "\"jupyter.completionTriggerCharacters\": { \"csharp\": [\".\"] }",
            installed.Error
        );
        Assert.True(File.Exists(Path.Combine(Folder, "kernel.json")));
        var removed = Shell.Run($"kernel uninstall --prefix {prefix.Path}");
        Assert.Equal((0, Folder + "\n"), (removed.Code, removed.Output));
        Assert.False(Directory.Exists(Folder));
        Assert.Equal(0, Shell.Run($"kernel uninstall --prefix {prefix.Path}").Code);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_line()
    {
        var file = prefix.Write("file", "");
        Shell.Run($"kernel install --prefix {file}").AssertRefused(2, file);
        Shell.Run(["kernel", "install", "--prefix", ""], []).AssertRefused(2, "--prefix");
    }
}
