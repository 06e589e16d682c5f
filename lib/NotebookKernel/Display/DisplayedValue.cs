namespace NotebookKernel;

/// <summary>A value that a cell has shown, and that can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly CellContext cell;

    internal DisplayedValue(CellContext cell, MimeBundle data)
    {
        this.cell = cell;
        cell.Sink.Display(data, DisplayId);
    }

    /// <summary>The id under which front ends know the output.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows another value in the place of this one.</summary>
    public void Update(object? updatedValue) =>
        cell.Sink.UpdateDisplay(MimeFormatter.Format(updatedValue), DisplayId);
}
