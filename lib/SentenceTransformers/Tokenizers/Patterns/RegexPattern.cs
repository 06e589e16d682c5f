using System.Text;
using System.Text.RegularExpressions;

namespace SentenceTransformers;

/// <summary>A regular expression of tokenizer.json, matched as the reference's engine (Oniguruma) matches it.</summary>
/// <remarks>
/// .NET's engine sees UTF-16 halves and has other tables of letters. So it is given a text of as many characters as there
/// are code points, in which every one outside ASCII stands for its class alone: letter, number, white space, or none of
/// these. An expression that could tell two of a class apart, or that the engines read differently, is refused.
/// </remarks>
internal sealed class RegexPattern : ITextPattern
{
    private const char AnyLetter = '가';
    private const char AnyNumber = '²';
    private const char AnySpace = '\u3000';
    private const char Anything = '‐';
    private const int MaximumLength = 2000;

    // What a text of a million characters may take; a pattern that explodes is told apart from one that works.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Regex regex;

    private RegexPattern(Regex regex) => this.regex = regex;

    /// <summary>GPT-2's words: contractions, letters, numbers and other signs, each with the space before it.</summary>
    public static RegexPattern Gpt2 { get; } =
        Known(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+");

    /// <summary>CLIP's words: contractions, letters, single digits and other signs, without spaces.</summary>
    public static RegexPattern ClipWords { get; } =
        Known(@"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+");

    /// <summary>More than one space.</summary>
    public static RegexPattern Spaces { get; } = Known(" {2,}");

    /// <summary>Any white space.</summary>
    public static RegexPattern WhiteSpace { get; } = Known(@"\s+");

    /// <summary>Reads the expression at a key.</summary>
    /// <exception cref="ModelFormatException">It uses what the two engines do not surely read alike.</exception>
    public static RegexPattern Read(JsonFile section, string key)
    {
        var expression = section.RequiredText(key);
        if (expression.Length > MaximumLength)
            throw section.Invalid(
                key,
                $"{expression.Length:N0} characters, expected at most {MaximumLength:N0}"
            );
        if (Unsupported(expression) is { } part)
            throw section.Invalid(key, $"'{part}' in the regular expression is not supported");
        try
        {
            var regex = new Regex(expression, RegexOptions.CultureInvariant, Limit);
            // Something is then found between any two characters, at which the reference itself may fail.
            if (regex.IsMatch(""))
                throw section.Invalid(
                    key,
                    $"'{expression}' matches the empty text, which is not supported"
                );
            return new RegexPattern(regex);
        }
        catch (ArgumentException error)
        {
            throw section.Invalid(key, $"not a regular expression: {error.Message}");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The expression takes too long on this text.</exception>
    public IEnumerable<TextMatch> Matches(string text)
    {
        var (classes, positions) = Project(text);
        var start = 0;
        var match = Find(() => regex.Match(classes));
        while (match.Success)
        {
            var (from, to) = (positions[match.Index], positions[match.Index + match.Length]);
            if (from > start)
                yield return new(start, from, false);
            // The reference finds nothing empty right behind another match.
            if (to > from || from > start || match.Index == 0)
                yield return new(from, to, true);
            start = to;
            var previous = match;
            match = Find(() => previous.NextMatch());
        }
        if (start < text.Length)
            yield return new(start, text.Length, false);
    }

    private static RegexPattern Known(string expression) =>
        new(new Regex(expression, RegexOptions.CultureInvariant));

    private static Match Find(Func<Match> find)
    {
        try
        {
            return find();
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new ArgumentException(
                "the tokenizer's regular expression takes too long on this text",
                error
            );
        }
    }

    // A character for each code point, and where in the text it begins.
    private static (string Classes, int[] Positions) Project(string text)
    {
        var classes = new StringBuilder(text.Length);
        var positions = new List<int>(text.Length + 1);
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            classes.Append(
                rune.IsAscii ? (char)rune.Value
                : RegexClasses.IsLetter(rune.Value) ? AnyLetter
                : RegexClasses.IsNumber(rune.Value) ? AnyNumber
                : RegexClasses.IsWhiteSpace(rune.Value) ? AnySpace
                : Anything
            );
            positions.Add(position);
            position += rune.Utf16SequenceLength;
        }
        positions.Add(position);
        return (classes.ToString(), [.. positions]);
    }

    // The first part that is none of: ASCII, \s \S \p{L} \p{N} \P{..} \r \n \t, escaped signs, (?: (?= (?! groups.
    private static string? Unsupported(string expression)
    {
        var inClass = false;
        for (var i = 0; i < expression.Length; )
        {
            var rest = expression.AsSpan(i);
            var length = Differs(rest, inClass) ? 0 : Length(rest, inClass);
            if (length == 0)
                return rest[..Math.Min(rest.Length, 8)].ToString();
            if (rest[0] is '[' or ']')
                inClass = rest[0] == '[';
            i += length;
        }
        return null;
    }

    private static int Length(ReadOnlySpan<char> rest, bool inClass) =>
        rest[0] switch
        {
            '\\' => EscapeLength(rest),
            '(' when !inClass => GroupLength(rest),
            '[' when rest.StartsWith("[^") => 2,
            // Anchors are read differently at line breaks; "." tells characters of a class apart.
            '.' or '^' or '$' or '#' when !inClass => 0,
            _ => char.IsAscii(rest[0]) ? 1 : 0,
        };

    // What both engines take, but not for the same.
    private static bool Differs(ReadOnlySpan<char> rest, bool inClass) =>
        inClass
            // A class within a class, an intersection, or a range up to a class.
            ? rest[0] is '[' or '^' || rest.StartsWith("&&") || rest is ['-', '\\', ..]
            // A class that begins with its end; a possessive quantifier, or a quantifier of a quantifier; a repeated
            // group, which may match nothing again and again, or take time beyond measure.
            : rest.StartsWith("[]")
                || rest.StartsWith("[^]")
                || rest.StartsWith("{,")
                || rest is ['+' or '*' or '?' or '}', '+', ..]
                || rest is ['}', '?', ..]
                || rest is [')', '*' or '+' or '{', ..]
                || rest is ['?' or '*' or '+', '?', '+' or '?' or '*', ..];

    private static int EscapeLength(ReadOnlySpan<char> rest) =>
        rest.Length < 2 ? 0
        : rest.StartsWith(@"\p{L}")
        || rest.StartsWith(@"\p{N}")
        || rest.StartsWith(@"\P{L}")
        || rest.StartsWith(@"\P{N}")
            ? 5
        : rest[1]
            is 's'
                or 'S'
                or 'r'
                or 'n'
                or 't'
                or '\\'
                or '.'
                or '^'
                or '$'
                or '|'
                or '?'
                or '*'
                or '+'
                or '('
                or ')'
                or '['
                or ']'
                or '{'
                or '}'
                or '-'
                or '/'
                or '#'
                or ' '
            ? 2
        : 0;

    private static int GroupLength(ReadOnlySpan<char> rest) =>
        rest.StartsWith("(?:") || rest.StartsWith("(?=") || rest.StartsWith("(?!") ? 3
        : rest.StartsWith("(?") || rest.StartsWith("(*") ? 0
        : 1;
}
