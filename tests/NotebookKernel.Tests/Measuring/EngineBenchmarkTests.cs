namespace NotebookKernel.Tests;

public class EngineBenchmarkTests
{
    [Fact]
    public async Task A_fresh_process_measures_every_cell_and_completion()
    {
        var measured = await EngineBenchmark.MeasureAsync(cells: 3, default);
        Assert.True(measured.FirstResultCpu > 0);
        Assert.True(measured.FirstResultWall > 0);
        Assert.Equal((3, 3), (measured.CellCpu.Count, measured.CellWall.Count));
        Assert.NotEmpty(measured.Completion);
        Assert.All(measured.Completion, time => Assert.True(time > 0));
    }

    [Fact]
    public void Later_cells_are_given_no_references_again()
    {
        var compiler = new CellCompiler(AppContext.BaseDirectory, new(AppContext.BaseDirectory));
        var opening = compiler.Compile("1", "Cell 1");
        compiler.Accept(opening);
        var next = compiler.Compile("2", "Cell 2");
        Assert.True(opening.ExternalReferences.Length > 100);
        Assert.Empty(next.ExternalReferences);
    }

    [Fact]
    public async Task Warming_up_leaves_no_trace_in_an_engine()
    {
        await CellEngine.WarmUpAsync();
        Assert.Empty(await new CellSession().TextsAsync("numb|"));
    }
}
