namespace NotebookKernel.Tests;

/// <summary>An engine with cells run one after another, as a front end would.</summary>
internal sealed class CellSession(string? folder = null)
{
    private readonly CellEngine engine = new(folder ?? AppContext.BaseDirectory);
    private int number;

    public async Task<RanCell> RunAsync(string code, CellRun? run = null)
    {
        var recorder = new OutputRecorder();
        var result = await engine.ExecuteAsync(code, ++number, recorder, run ?? new CellRun());
        return new(result, recorder);
    }
}
