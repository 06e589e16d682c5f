#pragma warning disable CA1822 // they will use the cells before
namespace NotebookKernel;

// What an editor asks about a cell that is being written. Nothing runs and nothing is remembered, so the answers can be
// had at any time: while a cell runs they know the cells up to that one, which is itself known once it has compiled.
internal sealed partial class CellEngine
{
    /// <summary>How the cell might go on at a place.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units of <paramref name="code"/>; one outside is moved to the nearest end.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<CellCompletions> CompleteAsync(
        string code,
        int position,
        CancellationToken cancellation
    ) => Task.FromResult(new CellCompletions(position, position, []));

    /// <summary>What stands at a place: its signature and the summary of its documentation; inside of an argument list the called signatures.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="position">The place, in UTF-16 units of <paramref name="code"/>; one outside is moved to the nearest end.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Plain text and markdown; null where nothing is known.</returns>
    public Task<MimeBundle?> InspectAsync(
        string code,
        int position,
        CancellationToken cancellation
    ) => Task.FromResult<MimeBundle?>(null);

    /// <summary>Whether the cell can be run as it stands.</summary>
    public CellCompleteness IsComplete(string code) => new(CellCompletenessStatus.Unknown, "");
}
