using System.Text.Json.Nodes;

namespace NotebookKernel.Tests;

public class PortableLintTests
{
    [Fact]
    public async Task A_portable_notebook_has_no_problems_before_and_after_it_runs()
    {
        using var notebook = new NotebookFile(
            NotebookFile.Markdown("# Title\n\nSee [the paper](https://arxiv.org/abs/1908.10084)."),
            NotebookFile.Code("#r \"System.Text.Json\"\nusing System.Text.Json;"),
            NotebookFile.Code("HTML(\"<svg xmlns='http://www.w3.org/2000/svg'></svg>\")")
        );
        NotebookDocument.Load(notebook.Path).Save(notebook.Path);
        Assert.Empty(PortableLint.Check(notebook.Path));
        await notebook.RunAsync();
        Assert.Empty(PortableLint.Check(notebook.Output));
    }

    [Theory]
    [InlineData("#!time\n1", "directive #!time")]
    [InlineData("#r \"nuget: X, 1\"", "directive #r \"nuget: X, 1\"")]
    [InlineData("#r \"x.dll\"", "#r outside of the first code cell")]
    [InlineData("Formatter.Register<int>(x => \"\")", "Formatter.")]
    [InlineData("Kernel.Root", "Kernel.")]
    [InlineData("using Microsoft.DotNet.Interactive;", "Microsoft.DotNet.Interactive")]
    [InlineData("var x = \"/home/me/x\";", "absolute path /home/")]
    [InlineData("var x = @\"C:\\x\";", "absolute path C:\\x")]
    public void A_cell_that_only_one_host_or_machine_can_run_is_found(string code, string problem)
    {
        using var notebook = new NotebookFile("1", code);
        NotebookDocument.Load(notebook.Path).Save(notebook.Path);
        var found = Assert.Single(PortableLint.Check(notebook.Path));
        Assert.StartsWith("cell 1: ", found);
        Assert.Contains(problem, found);
    }

    [Theory]
    [InlineData("see https://example.org/x", "address https://example.org/x in an output")]
    [InlineData("at /tmp/x", "absolute path /tmp/ in an output")]
    public void An_output_that_names_a_machine_or_the_network_is_found(string text, string problem)
    {
        using var notebook = new NotebookFile("1");
        var document = NotebookDocument.Load(notebook.Path);
        document.Cells[0].Outputs = [NotebookOutput.Stream("stdout", text)];
        document.Save(notebook.Path);
        Assert.Equal($"cell 0: {problem}", Assert.Single(PortableLint.Check(notebook.Path)));
    }

    [Fact]
    public void Cells_run_out_of_order_are_found()
    {
        using var notebook = new NotebookFile("1", "2");
        var document = NotebookDocument.Load(notebook.Path);
        document.Cells[0].ExecutionCount = 2;
        document.Cells[1].ExecutionCount = 1;
        document.Save(notebook.Path);
        Assert.Contains("run as 2, 1", Assert.Single(PortableLint.Check(notebook.Path)));
    }

    [Fact]
    public void A_file_that_a_save_would_change_is_found()
    {
        using var notebook = new NotebookFile("1");
        Assert.Contains(
            "not as nbformat 4.5 is saved",
            Assert.Single(PortableLint.Check(notebook.Path))
        );
    }

    [Fact]
    public void Another_kernel_and_another_kind_of_name_are_found()
    {
        using var notebook = new NotebookFile("1");
        var json = JsonNode.Parse(File.ReadAllText(notebook.Path))!;
        json["metadata"]!["kernelspec"]!["name"] = ".net-csharp";
        var path = Path.Combine(notebook.Folder, "Erste Schritte.ipynb");
        File.WriteAllText(path, json.ToJsonString());
        NotebookDocument.Load(path).Save(path);
        Assert.Collection(
            PortableLint.Check(path),
            problem => Assert.Contains("name", problem),
            problem => Assert.Contains(".net-csharp", problem)
        );
    }
}
