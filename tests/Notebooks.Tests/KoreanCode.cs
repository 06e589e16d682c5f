using System.Text.RegularExpressions;

namespace Notebooks.Tests;

/// <summary>
/// What the Korean edition's code may say in other words, and says so in notebooks/ko/code.tsv:
/// comments that end a line, and strings for the eye.
/// </summary>
internal static partial class KoreanCode
{
    /// <summary>The rows of the table; the Korean of an English gloss on a Korean sentence is empty.</summary>
    public static (string English, string Korean)[] Rows { get; } =
    [
        .. File.ReadLines(Lessons.PathOf("ko/code.tsv"))
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], cells[1])),
    ];

    /// <summary>A cell of an English lesson as it stands in the Korean one.</summary>
    public static string Of(string english) => string.Join('\n', english.Split('\n').Select(Line));

    public static bool IsComment(string text) => text.StartsWith("//", StringComparison.Ordinal);

    public static bool IsString(string text) => Literal().IsMatch(text);

    /// <summary>The holes of an interpolated string, in no order: a language has its own.</summary>
    public static string[] Holes(string text) =>
        [.. Hole().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    private static string Line(string line)
    {
        foreach (var (english, korean) in Rows)
            if (!IsComment(english))
                line = line.Replace(english, korean, StringComparison.Ordinal);
            else if (line.EndsWith(english, StringComparison.Ordinal))
                line = line[..^english.Length] + korean;
        // It lies one folder deeper.
        return line.Replace("#r \"../", "#r \"../../", StringComparison.Ordinal).TrimEnd();
    }

    [GeneratedRegex(@"^\$?"".*""$")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();
}
