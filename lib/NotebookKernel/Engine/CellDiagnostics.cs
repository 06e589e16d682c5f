using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NotebookKernel;

/// <summary>Says where and why a cell does not compile.</summary>
internal static class CellDiagnostics
{
    // CS0006: a metadata file could not be found.
    private const string MissingFile = "CS0006";

    /// <summary>The cell's error from the compiler's, each with its line and a mark under the code; null where there is none.</summary>
    public static CellError? Error(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ToArray();
        if (errors.Length == 0)
            return null;
        return new(
            "CompilationErrorException",
            Describe(errors[0]),
            [.. errors.SelectMany(error => Underline(error).Prepend(Describe(error)))]
        );
    }

    private static string Describe(Diagnostic error)
    {
        var message =
            $"{Where(error)}error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}";
        if (error.Id != MissingFile || error.Location.SourceTree is not { } tree)
            return message;
        var file = tree.GetText().ToString(error.Location.SourceSpan).Trim('"');
        if (file.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            return $"{message}. A package is named in a cell, in a line of its own that starts in the first column; not in a loaded file.";
        var name = Path.GetFileNameWithoutExtension(file);
        return $"{message}. Build the project {name} first (dotnet build), then restart the kernel and run the cell again.";
    }

    private static string Where(Diagnostic error)
    {
        var span = error.Location.GetMappedLineSpan();
        return span.Path is { Length: > 0 } path
            ? $"{Path.GetFileName(path)}, line {span.StartLinePosition.Line + 1}, column {span.StartLinePosition.Character + 1}: "
            : "";
    }

    private static IEnumerable<string> Underline(Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
            yield break;
        var span = error.Location.GetLineSpan();
        var line = tree.GetText().Lines[span.StartLinePosition.Line].ToString();
        var start = span.StartLinePosition.Character;
        var end =
            span.EndLinePosition.Line == span.StartLinePosition.Line
                ? span.EndLinePosition.Character
                : line.Length;
        yield return "    " + line;
        yield return "    " + new string(' ', start) + new string('^', Math.Max(1, end - start));
    }
}
