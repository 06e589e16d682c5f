using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

public sealed class KernelSpecTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void It_names_an_existing_host_and_program_and_interrupts_by_message()
    {
        var folder = KernelSpec.Install(data.Path);
        Assert.Equal(data["kernels/csharp-workbook"], folder);
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!;
        var argv = spec["argv"]!.AsArray().Select(word => (string)word!).ToArray();
        Assert.True(Path.IsPathRooted(argv[0]) && File.Exists(argv[0]));
        Assert.StartsWith(folder, argv[1]);
        Assert.True(File.Exists(argv[1]));
        Assert.Equal(["jupyter", "{connection_file}"], argv[2..]);
        Assert.Equal("C# (Workbook)", (string?)spec["display_name"]);
        Assert.Equal("C#", (string?)spec["language"]);
        Assert.Equal("message", (string?)spec["interrupt_mode"]);
    }

    [Fact]
    public void Installing_again_keeps_the_program_of_a_kernel_that_runs()
    {
        var folder = KernelSpec.Install(data.Path);
        var running = Directory.CreateDirectory(Path.Combine(folder, "program-0123456789abcdef"));
        KernelSpec.Install(data.Path);
        Assert.True(running.Exists);
        Assert.Equal(2, Directory.GetDirectories(folder).Length);
    }

    [Fact]
    public void Uninstalling_removes_exactly_what_was_installed()
    {
        var folder = KernelSpec.Install(data.Path);
        data.Write("kernels/python3/kernel.json", "{}");
        data.Write("kernels/csharp-workbook/notes.txt", "mine");
        Assert.Equal(folder, KernelSpec.Uninstall(data.Path));
        Assert.Equal(
            [data["kernels/csharp-workbook/notes.txt"], data["kernels/python3/kernel.json"]],
            Directory.GetFiles(data.Path, "*", SearchOption.AllDirectories).Order()
        );
        Assert.Null(KernelSpec.Uninstall(data.Path));
    }

    [Theory]
    [InlineData("""{"display_name":"Another"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Another_kernel_of_that_name_stays_as_it_is(string spec)
    {
        var file = data.Write("kernels/csharp-workbook/kernel.json", spec);
        Assert.Contains(
            file,
            Assert.Throws<IOException>(() => KernelSpec.Install(data.Path)).Message
        );
        Assert.Contains(
            file,
            Assert.Throws<IOException>(() => KernelSpec.Uninstall(data.Path)).Message
        );
        Assert.Equal(spec, File.ReadAllText(file));
    }
}
