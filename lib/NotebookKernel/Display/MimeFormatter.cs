using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookKernel;

/// <summary>Turns a value into what .NET Interactive would show for it, and always into plain text too.</summary>
/// <remarks>
/// The work is that of .NET Interactive's own package, which also follows attributes named TypeFormatterSourceAttribute.
/// It is kept from one trap: asked for a MIME type that nobody formats, the package recurses until the process dies.
/// </remarks>
internal static class MimeFormatter
{
    public const string PlainText = "text/plain";

    // The package formats every type as these, whatever is registered.
    private static readonly string[] BuiltIn =
    [
        "text/html",
        PlainText,
        "text/plain+summary",
        "application/json",
    ];

    /// <summary>Formats a value as the given MIME types, or as those its type prefers where none is given.</summary>
    /// <exception cref="ArgumentException">A MIME type has no formatter.</exception>
    public static MimeBundle Format(object? value, params IReadOnlyList<string> mimeTypes)
    {
        var type = value?.GetType() ?? typeof(object);
        var preferred = mimeTypes.Count > 0 ? mimeTypes : PreferredTypes(value);
        var bundle = new MimeBundle();
        foreach (var mimeType in preferred)
        {
            if (!HasFormatter(type, mimeType))
                throw new ArgumentException(
                    $"No formatter is registered for MIME type {mimeType} and type {type}."
                );
            bundle[mimeType] = value.ToDisplayString(mimeType);
        }
        if (!bundle.Contains(PlainText))
            bundle[PlainText] =
                value is IHtmlContent ? Placeholder("text/html") : value.ToDisplayString(PlainText);
        return bundle;
    }

    /// <summary>The MIME types that a value's type prefers.</summary>
    public static string[] PreferredTypes(object? value) =>
        [.. Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object))];

    /// <summary>A string that is already written in a MIME type.</summary>
    public static MimeBundle Raw(string value, string mimeType)
    {
        var readable = mimeType is "text/markdown" or "text/latex";
        var bundle = new MimeBundle { [PlainText] = readable ? value : Placeholder(mimeType) };
        bundle[mimeType] = value;
        return bundle;
    }

    // Markup is no plain text, and a second copy of a plot would double the notebook.
    private static string Placeholder(string mimeType) => $"<{mimeType}>";

    private static bool HasFormatter(Type type, string mimeType) =>
        BuiltIn.Contains(mimeType)
        || Formatter
            .RegisteredFormatters(true)
            .Any(formatter => formatter.MimeType == mimeType && Accepts(formatter.Type, type));

    private static bool Accepts(Type formatted, Type type) =>
        formatted.IsAssignableFrom(type)
        || formatted.IsGenericTypeDefinition
            && Ancestors(type)
                .Any(ancestor =>
                    ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == formatted
                );

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
        foreach (var implemented in type.GetInterfaces())
            yield return implemented;
    }
}
