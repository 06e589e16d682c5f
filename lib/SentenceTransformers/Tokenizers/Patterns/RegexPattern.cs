using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SentenceTransformers;

/// <summary>A regular expression of tokenizer.json, matched as the reference's engine (Oniguruma) matches it.</summary>
internal sealed class RegexPattern : ITextPattern
{
    private const int MaximumLength = 2000;

    // What one match may take, and all of them for each million characters; a pattern that explodes is told apart from
    // one that works.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly RegexAlphabet alphabet;
    private readonly Regex regex;

    private RegexPattern(RegexReader expression, TimeSpan limit)
    {
        alphabet = new RegexAlphabet(expression.Sets);
        regex = new Regex(expression.InSymbolsOf(alphabet), RegexOptions.CultureInvariant, limit);
    }

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
    /// <exception cref="ModelFormatException">It uses what is not supported.</exception>
    public static RegexPattern Read(JsonFile section, string key)
    {
        var expression = section.RequiredText(key);
        if (expression.Length > MaximumLength)
            throw section.Invalid(
                key,
                $"{expression.Length:N0} characters, expected at most {MaximumLength:N0}"
            );
        try
        {
            var pattern = new RegexPattern(new RegexReader(expression), Limit);
            // Something is then found between any two characters, at which the reference itself may fail.
            return pattern.regex.IsMatch("")
                ? throw section.Invalid(
                    key,
                    $"'{expression}' matches the empty text, which is not supported"
                )
                : pattern;
        }
        catch (FormatException error)
        {
            throw section.Invalid(key, $"the regular expression: {error.Message}");
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The expression takes too long on this text.</exception>
    public IEnumerable<TextMatch> Matches(string text)
    {
        var (symbols, positions) = Project(text);
        var start = 0;
        var clock = new Stopwatch();
        for (
            var match = Next(symbols, null, clock);
            match.Success;
            match = Next(symbols, match, clock)
        )
        {
            var (from, to) = (positions[match.Index], positions[match.Index + match.Length]);
            if (from > start)
                yield return new(start, from, false);
            // The reference finds nothing empty right behind another match.
            if (to > from || from > start || match.Index == 0)
                yield return new(from, to, true);
            start = to;
        }
        if (start < text.Length)
            yield return new(start, text.Length, false);
    }

    private static RegexPattern Known(string expression) =>
        new(new RegexReader(expression), Regex.InfiniteMatchTimeout);

    private Match Next(string symbols, Match? previous, Stopwatch clock)
    {
        clock.Start();
        try
        {
            var match = previous is null ? regex.Match(symbols) : previous.NextMatch();
            if (
                regex.MatchTimeout != Regex.InfiniteMatchTimeout
                && clock.Elapsed > Limit * (1 + symbols.Length / 1_000_000.0)
            )
                throw new RegexMatchTimeoutException();
            return match;
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new ArgumentException(
                "the tokenizer's regular expression takes too long on this text",
                error
            );
        }
        finally
        {
            clock.Stop();
        }
    }

    // A symbol for each code point, and where in the text it begins.
    private (string Symbols, int[] Positions) Project(string text)
    {
        var symbols = new char[text.Length];
        var positions = new int[text.Length + 1];
        var (count, position) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            symbols[count] = alphabet.SymbolOf(rune.Value);
            positions[count++] = position;
            position += rune.Utf16SequenceLength;
        }
        positions[count] = position;
        return (new string(symbols, 0, count), positions);
    }
}
