namespace NotebookKernel;

/// <summary>Who answers when a running cell reads from the console.</summary>
internal interface IInputSource
{
    /// <summary>Asks for a line, and waits for it.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The line; null where no more will come.</returns>
    string? ReadLine(CancellationToken cancellation);
}
