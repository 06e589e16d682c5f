using NotebookKernel;

namespace System;

/// <summary>Shows values by extension methods, which .NET Interactive also has in namespace System.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows a value now, as the given MIME types or as those its type prefers.</summary>
    /// <exception cref="ArgumentException">A MIME type has no formatter.</exception>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        CellFunctions.display(value, mimeTypes);

    /// <summary>Shows a string that is already written in a MIME type, such as <c>text/markdown</c>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) =>
        CellFunctions.DisplayRaw(value, mimeType);
}
