using System.Collections.Concurrent;
using System.Globalization;

namespace SentenceTransformers;

/// <summary>What a backslash begins in a regular expression, as Oniguruma reads it.</summary>
internal static class RegexEscape
{
    // Finding the members among all code points is work, and the same few classes occur again and again.
    private static readonly ConcurrentDictionary<string, CharacterSet> Classes = [];

    /// <summary>Reads \s \d \w \p{..} and their opposites; null, with nothing read, where there is none of them.</summary>
    /// <param name="expression">The regular expression.</param>
    /// <param name="position">Where the backslash may stand; then behind what was read.</param>
    /// <param name="inBrackets">Whether it stands in [..], where \w is a little different.</param>
    /// <exception cref="FormatException">There is no such property.</exception>
    public static CharacterSet? ReadClass(string expression, ref int position, bool inBrackets)
    {
        if (position + 1 >= expression.Length || expression[position] != '\\')
            return null;
        var start = position;
        var letter = expression[position + 1];
        Func<int, bool>? isMember = char.ToLowerInvariant(letter) switch
        {
            's' => RegexClasses.IsWhiteSpace,
            'd' => RegexClasses.IsDecimal,
            'w' => inBrackets ? RegexClasses.IsWordInBrackets : RegexClasses.IsWordOutsideBrackets,
            'p' => ReadProperty(expression, position + 2, out position),
            _ => null,
        };
        if (isMember is null)
            return null;
        position = Math.Max(position, start + 2);
        var name = $"{expression.AsSpan(start, position - start)}{(inBrackets ? "]" : "")}";
        return Classes.GetOrAdd(
            name,
            _ =>
            {
                var set = CharacterSet.Where(isMember);
                return char.IsAsciiLetterUpper(letter) ? set.Complement() : set;
            }
        );
    }

    /// <summary>Reads a character that a backslash and more stand for; null where it is not known.</summary>
    public static int? ReadCodePoint(string expression, ref int position)
    {
        if (position + 1 >= expression.Length)
            return null;
        var letter = expression[position + 1];
        if (letter is 'x' or 'u')
            return ReadHexadecimal(expression, ref position, letter);
        int? codePoint = letter switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\f',
            'v' => '\v',
            _ => char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) ? letter : null,
        };
        position += 2;
        return codePoint;
    }

    // \x41, \x{AC00} or \uAC00.
    private static int? ReadHexadecimal(string expression, ref int position, char letter)
    {
        var start = position + 2;
        var isBraced = letter == 'x' && start < expression.Length && expression[start] == '{';
        var end = isBraced ? expression.IndexOf('}', start) : start + (letter == 'u' ? 4 : 2);
        if (end < 0 || end > expression.Length)
            return null;
        position = isBraced ? end + 1 : end;
        return
            uint.TryParse(
                expression.AsSpan(
                    isBraced ? start + 1 : start,
                    end - (isBraced ? start + 1 : start)
                ),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var codePoint
            )
            && codePoint <= 0x10FFFF
            ? (int)codePoint
            : null;
    }

    private static Func<int, bool> ReadProperty(string expression, int start, out int end)
    {
        var length = expression.AsSpan(start).IndexOf('}');
        if (length < 0 || expression[start] != '{')
            throw new FormatException(@"\p without its {..}");
        end = start + length + 1;
        var name = expression[(start + 1)..(end - 1)];
        var isComplement = name.StartsWith('^');
        var isMember =
            RegexClasses.Property(isComplement ? name[1..] : name)
            ?? throw new FormatException($@"\p{{{name}}} is not supported");
        return isComplement ? codePoint => !isMember(codePoint) : isMember;
    }
}
