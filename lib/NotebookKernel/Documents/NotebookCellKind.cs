namespace NotebookKernel;

/// <summary>What a cell holds; the names are nbformat's.</summary>
public enum NotebookCellKind
{
    /// <summary>C# to run.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Text that is neither run nor rendered.</summary>
    Raw,
}
