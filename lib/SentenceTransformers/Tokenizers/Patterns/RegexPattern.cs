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
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Regex regex;

    private RegexPattern(Regex regex) => this.regex = regex;

    /// <summary>GPT-2's words: contractions, letters, numbers and other signs, each with the space before it.</summary>
    public static RegexPattern Gpt2 { get; } =
        new(
            new Regex(
                @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
                RegexOptions.CultureInvariant
            )
        );

    /// <summary>More than one space.</summary>
    public static RegexPattern Spaces { get; } =
        new(new Regex(" {2,}", RegexOptions.CultureInvariant));

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
            return new RegexPattern(new Regex(expression, RegexOptions.CultureInvariant, Limit));
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
            if (to > from)
                yield return new(from, to, true);
            start = to;
            var previous = match;
            match = Find(() => previous.NextMatch());
        }
        if (start < text.Length)
            yield return new(start, text.Length, false);
    }

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

    // The first part that is none of: ASCII, \s \S \p{L} \p{N} \P{..} \r \n \t, escaped punctuation, (?: (?= (?! groups.
    private static string? Unsupported(string expression)
    {
        for (var i = 0; i < expression.Length; )
        {
            var rest = expression.AsSpan(i);
            var length =
                expression[i] == '\\' ? EscapeLength(rest)
                : expression[i] == '(' ? GroupLength(rest)
                : expression[i] is '.' or '^' or '$' or '#' || !char.IsAscii(expression[i]) ? 0
                : 1;
            // "^" negates a class; elsewhere it is an anchor, which the engines read differently at line breaks.
            if (length == 0 && expression[i] == '^' && i > 0 && expression[i - 1] == '[')
                length = 1;
            // Possessive in one engine, nested in the other; "&&" is an intersection in one only.
            if (
                rest.StartsWith("+?+")
                || rest.StartsWith("++")
                || rest.StartsWith("*+")
                || rest.StartsWith("?+")
                || rest.StartsWith("}+")
                || rest.StartsWith("&&")
            )
                length = 0;
            if (length == 0)
                return rest[..Math.Min(rest.Length, 8)].ToString();
            i += length;
        }
        return null;
    }

    private static int EscapeLength(ReadOnlySpan<char> rest) =>
        rest.Length < 2 ? 0
        : rest.StartsWith(@"\p{L}")
        || rest.StartsWith(@"\p{N}")
        || rest.StartsWith(@"\P{L}")
        || rest.StartsWith(@"\P{N}")
            ? 5
        : rest[1] is 's' or 'S' or 'r' or 'n' or 't'
        || char.IsAscii(rest[1]) && !char.IsAsciiLetterOrDigit(rest[1])
            ? 2
        : 0;

    private static int GroupLength(ReadOnlySpan<char> rest) =>
        rest.StartsWith("(?:") || rest.StartsWith("(?=") || rest.StartsWith("(?!") ? 3
        : rest.StartsWith("(?") || rest.StartsWith("(*") ? 0
        : 1;
}
