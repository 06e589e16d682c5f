namespace NotebookKernel.Tests;

/// <summary>An engine with cells run one after another, as a front end would.</summary>
internal sealed class CellSession(string? folder = null)
{
    private int number;

    public CellEngine Engine { get; } = new(folder ?? AppContext.BaseDirectory);

    public async Task<RanCell> RunAsync(string code, CellRun? run = null)
    {
        var recorder = new OutputRecorder();
        var result = await Engine.ExecuteAsync(code, ++number, recorder, run ?? new CellRun());
        return new(result, recorder);
    }
}
