namespace NotebookKernel.Tests;

/// <summary>What <c>jupyter_client_checks.py</c> finds with Jupyter's own client and the real libzmq.</summary>
public class JupyterClientTests
{
    private const int Checks = 17;

    [Fact]
    public async Task Jupyters_own_client_gets_all_that_it_asks_for()
    {
        using var folder = new TemporaryFolder();
        KernelSpec.Install(folder.Path);
        var script = Path.Combine(
            Goldens.Repository,
            "tests/NotebookKernel.Tests/Jupyter/jupyter_client_checks.py"
        );
        var (code, output, errors) = await Jupyter.PythonAsync(folder.Path, script);
        Assert.True(code == 0, output + errors);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.StartsWith("passed ", line));
        Assert.Equal(Checks, lines.Length);
    }
}
