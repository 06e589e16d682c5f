namespace NotebookKernel.Tests;

/// <summary>A cell being written: <c>|</c> marks the cursor.</summary>
internal static class EditedCell
{
    public static async Task<CellCompletions> CompleteAsync(this CellSession session, string marked)
    {
        var position = marked.IndexOf('|');
        return await session.Engine.CompleteAsync(
            marked.Remove(position, 1),
            position,
            CancellationToken.None
        );
    }

    /// <summary>The texts alone.</summary>
    public static async Task<string[]> TextsAsync(this CellSession session, string marked) =>
        [.. (await session.CompleteAsync(marked)).Items.Select(item => item.Text)];

    /// <summary>The plain text; empty where nothing is known.</summary>
    public static async Task<string> InspectAsync(this CellSession session, string marked)
    {
        var position = marked.IndexOf('|');
        var found = await session.Engine.InspectAsync(
            marked.Remove(position, 1),
            position,
            CancellationToken.None
        );
        return found?["text/plain"] ?? "";
    }
}
