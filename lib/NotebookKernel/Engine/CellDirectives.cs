using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>Lines that some notebook host handles before the compiler, and this one does not.</summary>
internal static partial class CellDirectives
{
    /// <summary>The error for the first such line; null where the cell has none.</summary>
    /// <remarks>A directive starts in the first column, even inside a raw string: .NET Interactive reads it so too.</remarks>
    public static CellError? Check(string code, string cell)
    {
        if (Directive().Match(code) is not { Success: true } match)
            return null;
        var line = code.AsSpan(0, match.Index).Count('\n') + 1;
        var message = match.Groups["magic"].Success
            ? $"Unknown magic command '{match.Groups["magic"].Value}': cells hold C# only."
            : $"{match.Value.Trim()}: packages cannot be restored from a cell. Add the package to a project, build it, and name its assembly: #r \"path/Name.dll\"";
        return new("DirectiveException", message, [$"{cell}, line {line}: {match.Value.Trim()}"]);
    }

    [GeneratedRegex(
        """^(?:(?<magic>\#!\S*)|\#[ri][ \t]+"nuget:[^"\n]*"?)""",
        RegexOptions.Multiline
    )]
    private static partial Regex Directive();
}
