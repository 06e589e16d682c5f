namespace NotebookKernel;

/// <summary>What one process of the kernel's engine took, from its start.</summary>
public sealed record EngineMeasurement
{
    /// <summary>Processor seconds from the process's start to the first cell's result.</summary>
    public double FirstResultCpu { get; init; }

    /// <summary>Seconds from the process's start to the first cell's result.</summary>
    public double FirstResultWall { get; init; }

    /// <summary>Processor milliseconds of each trivial cell, in order.</summary>
    public IReadOnlyList<double> CellCpu { get; init; } = [];

    /// <summary>Milliseconds of each trivial cell, in order.</summary>
    public IReadOnlyList<double> CellWall { get; init; } = [];

    /// <summary>Megabytes (2^20) of resident memory that a trivial cell leaves behind.</summary>
    public double ResidentPerCell { get; init; }

    /// <summary>Megabytes (2^20) of managed memory that a trivial cell leaves behind.</summary>
    public double ManagedPerCell { get; init; }

    /// <summary>Milliseconds of each completion, warm.</summary>
    public IReadOnlyList<double> Completion { get; init; } = [];

    /// <summary>Milliseconds from the request to the result of a process's first cell where the warm-up has ended before.</summary>
    public double FirstCellWhenWarm { get; init; }
}
