using System.Diagnostics.CodeAnalysis;

namespace NotebookKernel;

// What an editor asks about a cell that is being written. Nothing runs, nothing is read or restored and nothing is
// remembered, so the answers can be had at any time: while a cell runs they know the cells before it, and itself as soon
// as it has compiled.
internal sealed partial class CellEngine
{
    /// <summary>How the cell might go on at a place.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units of <paramref name="code"/>; one outside is moved to the nearest end.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public Task<CellCompletions> CompleteAsync(
        string code,
        int position,
        CancellationToken cancellation
    ) => Task.Run(() => editor.Complete(code, position, cancellation), cancellation);

    /// <summary>What stands at a place: its signature and its documentation; inside of an argument list the signatures that may be meant.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units of <paramref name="code"/>; one outside is moved to the nearest end.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Plain text and markdown; null where nothing is known.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public Task<MimeBundle?> InspectAsync(
        string code,
        int position,
        CancellationToken cancellation
    ) => Task.Run(() => editor.Inspect(code, position, cancellation), cancellation);

    /// <summary>Whether the cell can be run as it stands.</summary>
    [SuppressMessage(
        "Performance",
        "CA1822",
        Justification = "An engine is asked, like the others."
    )]
    public CellCompleteness IsComplete(string code) => CellCompleteness.Of(code);
}
