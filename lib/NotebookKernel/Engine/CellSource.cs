using System.Text.RegularExpressions;

namespace NotebookKernel;

/// <summary>A cell's text, with the lines that a notebook host handles before any compiler taken out of it.</summary>
/// <param name="Language">What the rest is written in.</param>
/// <param name="Timed">Whether <c>#!time</c> asks how long the cell takes.</param>
/// <param name="Code">The text with such lines blanked, so that every line and column is still the cell's.</param>
/// <param name="Packages">What <c>#r "nuget: ..."</c> asks for.</param>
/// <param name="PackageSources">Where <c>#i "nuget: ..."</c> also looks for packages.</param>
internal sealed partial record CellSource(
    CellLanguage Language,
    bool Timed,
    string Code,
    IReadOnlyList<PackageRequest> Packages,
    IReadOnlyList<string> PackageSources
)
{
    private const string Time = "#!time";

    private static readonly Dictionary<string, CellLanguage> Languages = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["#!csharp"] = CellLanguage.CSharp,
        ["#!c#"] = CellLanguage.CSharp,
        ["#!html"] = CellLanguage.Html,
        ["#!javascript"] = CellLanguage.JavaScript,
        ["#!js"] = CellLanguage.JavaScript,
        ["#!markdown"] = CellLanguage.Markdown,
        ["#!mermaid"] = CellLanguage.Mermaid,
    };

    /// <summary>The magic commands there are.</summary>
    public static IReadOnlyList<string> Magics { get; } =
    ["#!csharp", "#!html", "#!javascript", "#!markdown", "#!mermaid", Time];

    /// <summary>Takes a cell apart.</summary>
    /// <remarks>
    /// A directive starts in the first column, even inside a raw string: .NET Interactive reads it so too.
    /// </remarks>
    /// <exception cref="DirectiveException">A directive is unknown, malformed or in the wrong place.</exception>
    public static CellSource Parse(string text)
    {
        var top = Top().Match(text).Length;
        var languages = new List<CellLanguage>();
        var timed = false;
        foreach (Match magic in Magic().Matches(text))
        {
            var name = magic.Groups["name"].Value;
            if (!Languages.ContainsKey(name) && name != Time)
                throw new DirectiveException(
                    $"Unknown magic command '{name}'. This kernel knows {string.Join(", ", Magics)}.",
                    Line(text, magic)
                );
            if (magic.Index >= top)
                throw new DirectiveException(
                    $"The magic command '{name}' must stand at the top of the cell.",
                    Line(text, magic)
                );
            if (name == Time)
                timed = true;
            else
                languages.Add(Languages[name]);
            if (languages.Distinct().Count() > 1)
                throw new DirectiveException(
                    "A cell is written in one language; put the others in cells of their own.",
                    Line(text, magic)
                );
        }
        var language = languages.FirstOrDefault();
        if (language != CellLanguage.CSharp)
            return new(language, timed, text[top..], [], []);

        var packages = new List<PackageRequest>();
        var sources = new List<string>();
        foreach (Match directive in Package().Matches(text))
        {
            if (PackageParts().Match(directive.Value) is not { Success: true } parts)
                throw new DirectiveException(
                    $"{directive.Value.Trim()}: expected #r \"nuget: NAME, VERSION\" or #i \"nuget: SOURCE\"",
                    Line(text, directive)
                );
            var version = parts.Groups["version"].Value;
            if (parts.Groups["source"].Success)
                sources.Add(parts.Groups["source"].Value);
            else
                packages.Add(
                    new(parts.Groups["name"].Value, version is { Length: > 0 } ? version : "*")
                );
        }
        return new(language, timed, Blank(Package(), Blank(Magic(), text)), packages, sources);
    }

    /// <summary>The cell as an editor's questions see it: without any line that reads a file or a package.</summary>
    /// <returns>The text, every character in its place; null where it is not C#.</returns>
    public static string? ForEditing(string text)
    {
        var names = Magic().Matches(text[..Top().Match(text).Length]);
        return names.Any(magic =>
            Languages.GetValueOrDefault(magic.Groups["name"].Value) != CellLanguage.CSharp
        )
            ? null
            : Blank(Reading(), Blank(Magic(), text));
    }

    private static string Blank(Regex lines, string text) =>
        lines.Replace(text, line => new string(' ', line.Length));

    private static int Line(string text, Match match) =>
        text.AsSpan(0, match.Index).Count('\n') + 1;

    [GeneratedRegex(@"\A(?:[ \t]*\r?\n|\#![^\n]*(?:\n|\z))*")]
    private static partial Regex Top();

    [GeneratedRegex(@"^(?<name>\#![^\s]*)[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex Magic();

    [GeneratedRegex("""^\#[ri][ \t]+"nuget:[^\r\n]*""", RegexOptions.Multiline)]
    private static partial Regex Package();

    [GeneratedRegex(
        """^\#(?:r[ \t]+"nuget:[ \t]*(?<name>[\w.-]+)[ \t]*(?:,[ \t]*(?<version>[\w.*+\-\[\](), ]*?)[ \t]*)?|i[ \t]+"nuget:[ \t]*(?<source>[^"]+?)[ \t]*)"[ \t]*(?://.*)?$"""
    )]
    private static partial Regex PackageParts();

    [GeneratedRegex(@"^[ \t]*\#[ \t]*(?:r|i|load)\b[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex Reading();
}
