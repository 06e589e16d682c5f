namespace NotebookKernel;

/// <summary>Where a cell's loops look whether they shall stop; the compiler puts a call into each.</summary>
public static class CellCheckpoint
{
    private static int interrupting;

    /// <summary>Goes on, unless the cell that the calling code belongs to has been interrupted.</summary>
    /// <exception cref="OperationCanceledException">It has been.</exception>
    public static void Pass()
    {
        // One read is all that a loop pays; to find the own cell takes longer than many a loop's body.
        if (Volatile.Read(ref interrupting) != 0)
            Stop();
    }

    internal static void Arm() => Interlocked.Increment(ref interrupting);

    internal static void Disarm() => Interlocked.Decrement(ref interrupting);

    // Apart, so that Pass is small enough to be inlined.
    private static void Stop() => CellContext.Current?.Run.Token.ThrowIfCancellationRequested();
}
