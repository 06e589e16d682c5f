namespace NotebookKernel;

/// <summary>A value that a cell has shown, and that can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly CellContext cell;
    private readonly Func<object?, MimeBundle> format;

    internal DisplayedValue(CellContext cell, object? value, Func<object?, MimeBundle> format)
    {
        this.cell = cell;
        this.format = format;
        cell.Sink.Display(format(value), DisplayId);
    }

    /// <summary>The id under which front ends know the output.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows another value in the place of this one, in the same MIME types.</summary>
    /// <exception cref="ArgumentException">A MIME type has no formatter for the value.</exception>
    public void Update(object? updatedValue) =>
        cell.Sink.UpdateDisplay(format(updatedValue), DisplayId);
}
