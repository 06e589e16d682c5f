namespace Grading;

/// <summary>What a submission may use.</summary>
/// <param name="Notebook">How long a whole notebook may run.</param>
/// <param name="Cell">How long one of its cells may.</param>
/// <param name="MemoryBytes">How much memory its processes may hold together.</param>
internal sealed record GradeLimits(TimeSpan Notebook, TimeSpan Cell, long MemoryBytes)
{
    /// <summary>How many processes it may have; a cell that starts a program or two stays far below.</summary>
    public const int Processes = 64;

    /// <summary>How many threads they may have together; the runtime and its compiler take some thirty.</summary>
    public const int Threads = 512;

    /// <summary>How much it may write to the file system, where that is of its own.</summary>
    public const long FileBytes = 256 << 20;

    /// <summary>How much it may write past its cells' outputs, which have a limit of their own.</summary>
    public const long StreamBytes = 16 << 20;
}
