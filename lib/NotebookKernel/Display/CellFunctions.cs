using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Html;

namespace NotebookKernel;

/// <summary>What cells call without a prefix, under the names and with the meaning .NET Interactive gives them.</summary>
[SuppressMessage("Naming", "CA1707", Justification = ".NET Interactive's names.")]
public static class CellFunctions
{
    /// <summary>Shows a value now, as the given MIME types or as those its type prefers.</summary>
    /// <exception cref="ArgumentException">A MIME type has no formatter.</exception>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        var types = mimeTypes.Length > 0 ? mimeTypes : MimeFormatter.PreferredTypes(value);
        return new(RunningCell(), value, shown => MimeFormatter.Format(shown, types));
    }

    /// <summary>Marks a string as HTML, to be returned or displayed.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    internal static DisplayedValue DisplayRaw(string value, string mimeType) =>
        new(
            RunningCell(),
            value,
            shown =>
                shown is string text
                    ? MimeFormatter.Raw(text, mimeType)
                    : MimeFormatter.Format(shown, mimeType)
        );

    private static CellContext RunningCell() =>
        CellContext.Current
        ?? throw new InvalidOperationException("A value can be displayed only while a cell runs.");
}
