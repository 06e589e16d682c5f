namespace NotebookKernel;

/// <summary>The cell that the calling code belongs to.</summary>
/// <remarks>It flows with awaits, tasks and threads, so that late output still reaches the cell that caused it.</remarks>
internal sealed class CellContext(IOutputSink sink, CellRun run)
{
    private static readonly AsyncLocal<CellContext?> Flowing = new();

    /// <summary>The running cell; null outside of cells.</summary>
    public static CellContext? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    public IOutputSink Sink { get; } = sink;

    public CellRun Run { get; } = run;
}
