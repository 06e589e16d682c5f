namespace NotebookKernel;

/// <summary>Where a running cell's outputs go, as they happen: a notebook file, or a Jupyter client.</summary>
/// <remarks>Called from any thread, also after the cell has ended where it left threads behind.</remarks>
internal interface IOutputSink
{
    /// <summary>Text that the cell wrote to <c>stdout</c> or <c>stderr</c>, possibly one character at a time.</summary>
    void Stream(string name, string text);

    /// <summary>A value that was shown.</summary>
    void Display(MimeBundle data, string displayId);

    /// <summary>A new content for everything that was shown under this id.</summary>
    void UpdateDisplay(MimeBundle data, string displayId);
}
