using System.Globalization;
using System.Text;

namespace SentenceTransformers;

/// <summary>Reads a regular expression as Oniguruma does, and writes it for .NET, its characters as sets of code points.</summary>
/// <remarks>What the two engines do not surely match alike, and what tokenizers do not use, is refused by name.</remarks>
internal sealed class RegexReader
{
    // In the translation a set is one character of a private use, until an alphabet gives it symbols.
    private const char FirstSet = '\uE000';
    private const int MaximumDepth = 50;
    private const int MaximumRepeats = 100_000; // Oniguruma's own

    private readonly string expression;
    private readonly StringBuilder translation = new();
    private readonly List<CharacterSet> sets = [];
    private int position;
    private int depth;
    private bool ignoreCase;
    private bool lookingBehind;

    /// <exception cref="FormatException">It is no expression, or uses what is not supported; the message names the part.</exception>
    public RegexReader(string expression)
    {
        this.expression = expression;
        ReadAlternatives();
        if (position < expression.Length)
            throw Unsupported(position);
    }

    /// <summary>The sets that the expression tells apart.</summary>
    public IReadOnlyCollection<CharacterSet> Sets => sets;

    /// <summary>The expression as .NET's engine takes it, about the symbols of an alphabet.</summary>
    public string InSymbolsOf(RegexAlphabet alphabet)
    {
        var text = new StringBuilder();
        foreach (var part in translation.ToString())
            if (part >= FirstSet)
                text.Append(alphabet.ClassOf(sets[part - FirstSet]));
            else
                text.Append(part);
        return text.ToString();
    }

    // Each part that is read tells whether it may match nothing: such a part is not repeated, for the engines disagree on it.
    private bool ReadAlternatives()
    {
        if (++depth > MaximumDepth)
            throw new FormatException($"more than {MaximumDepth} groups within groups");
        var mayBeEmpty = ReadSequence();
        while (Take("|"))
        {
            translation.Append('|');
            mayBeEmpty |= ReadSequence();
        }
        depth--;
        return mayBeEmpty;
    }

    private bool ReadSequence()
    {
        var mayBeEmpty = true;
        var before = '\0';
        while (position < expression.Length && expression[position] is not ('|' or ')'))
        {
            var letter = expression[position];
            if (ignoreCase && IsOneLetterTogether(before, letter))
                throw Unsupported(position - 1);
            before = letter;
            mayBeEmpty &= ReadRepeated();
        }
        return mayBeEmpty;
    }

    private bool ReadRepeated()
    {
        var start = translation.Length;
        var mayBeEmpty = ReadAtom();
        var at = position;
        if (ReadQuantifier() is not var (least, most))
            return mayBeEmpty;
        if (mayBeEmpty || lookingBehind)
            throw Unsupported(at);
        translation.Append(
            CultureInfo.InvariantCulture,
            $"{{{least},{(most is null ? "" : $"{most}")}}}"
        );
        if (expression[position - 1] != '}' && Take("+"))
            translation.Insert(start, "(?>").Append(')'); // what it took it never gives back
        else if (Take("?"))
            translation.Append('?');
        // Another, or one whose second sign Oniguruma reads otherwise than its users may think: {2}? or {2}+.
        if (position < expression.Length && expression[position] is '*' or '+' or '?' or '{')
            throw Unsupported(at);
        return least == 0;
    }

    private (int Least, int? Most)? ReadQuantifier()
    {
        if (Take("*"))
            return (0, null);
        if (Take("+"))
            return (1, null);
        if (Take("?"))
            return (0, 1);
        var at = position;
        if (!Take("{"))
            return null;
        var least = ReadNumber();
        var hasComma = Take(",");
        var most = hasComma ? ReadNumber() : least;
        if (
            (least ?? most) is null
            || !Take("}")
            || most < (least ?? 0)
            || (!hasComma && Ahead("?"))
        )
            throw Unsupported(at);
        return (least ?? 0, most);
    }

    private int? ReadNumber()
    {
        var start = position;
        while (position < expression.Length && char.IsAsciiDigit(expression[position]))
            position++;
        return position == start ? null
            : int.TryParse(expression.AsSpan(start, position - start), out var number)
            && number <= MaximumRepeats
                ? number
            : throw Unsupported(start);
    }

    private bool ReadAtom()
    {
        var at = position;
        if (Take("["))
            return Write(ReadBrackets());
        if (Take("("))
            return ReadGroup(at);
        if (Take("."))
            return Write(CharacterSet.Single('\n').Complement());
        if (Take("^"))
            return Assert($@"(?:\A|(?<={Name(Newline)})(?!\z))");
        if (Take("$"))
            return Assert($@"(?={Name(Newline)}|\z)");
        if (Ahead(@"\"))
            return ReadEscape(at);
        if (expression[position] is '*' or '+' or '?' or '{')
            throw Unsupported(at);
        return Write(Cases(ReadCodePoint(), at));
    }

    private bool ReadGroup(int at)
    {
        var (outerCase, outerBehind) = (ignoreCase, lookingBehind);
        var isAssertion = true;
        if (Take("?<=") || Take("?<!"))
            lookingBehind = true;
        else if (!Take("?=") && !Take("?!"))
        {
            isAssertion = false;
            if (Take("?i:"))
                ignoreCase = true;
            else if (!Take("?:") && !Take("?>") && Ahead("?"))
                throw Unsupported(at);
        }
        // Groups are never referred to, so that none is captured.
        var opening = expression[at..position];
        translation.Append(opening is "(" or "(?i:" ? "(?:" : opening);
        var mayBeEmpty = ReadAlternatives();
        if (!Take(")"))
            throw new FormatException("a group without its end");
        translation.Append(')');
        (ignoreCase, lookingBehind) = (outerCase, outerBehind);
        return mayBeEmpty || isAssertion;
    }

    private bool ReadEscape(int at)
    {
        if (Take(@"\A"))
            return Assert(@"\A");
        if (Take(@"\z"))
            return Assert(@"\z");
        if (Take(@"\Z"))
            return Assert($@"(?={Name(Newline)}?\z)");
        if (Ahead(@"\b") || Ahead(@"\B"))
        {
            var word = Name(CharacterSet.Where(RegexClasses.IsWordOutsideBrackets));
            var isEdge = expression[position + 1] == 'b';
            position += 2;
            return Assert(
                isEdge
                    ? $"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
                    : $"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))"
            );
        }
        return Write(
            RegexEscape.ReadClass(expression, ref position, inBrackets: false)
                ?? Cases(
                    RegexEscape.ReadCodePoint(expression, ref position) ?? throw Unsupported(at),
                    at
                )
        );
    }

    // Behind its [. Sets within the set belong to it; a set of what two have in common is refused.
    private CharacterSet ReadBrackets()
    {
        if (++depth > MaximumDepth)
            throw new FormatException($"more than {MaximumDepth} groups within groups");
        var isComplement = Take("^");
        if (Ahead("]"))
            throw Unsupported(position - 1);
        var set = CharacterSet.Empty;
        while (!Take("]"))
        {
            if (position == expression.Length)
                throw new FormatException("a [ without its ]");
            set = set.Union(ReadMember());
        }
        depth--;
        return isComplement ? set.Complement() : set;
    }

    private CharacterSet ReadMember()
    {
        var at = position;
        if (Ahead("&&") || Ahead("[:"))
            throw Unsupported(at);
        if (Take("["))
            return ReadBrackets();
        var isClass = RegexEscape.ReadClass(expression, ref position, inBrackets: true);
        if (isClass is not null)
            return ignoreCase || Ahead("-") && !Ahead("-]") ? throw Unsupported(at) : isClass;
        var first = ReadMemberCodePoint(at);
        if (!Ahead("-") || Ahead("-]"))
            return Cases(first, at);
        if (first == '-') // as in [--/]
            throw Unsupported(at);
        position++;
        if (Ahead("[") || position == expression.Length)
            throw Unsupported(at);
        var last = ReadMemberCodePoint(at);
        if (last < first || ignoreCase && last >= 128)
            throw Unsupported(at);
        return ignoreCase
            ? Enumerable
                .Range(first, last - first + 1)
                .Aggregate(CharacterSet.Empty, (set, member) => set.Union(Cases(member, at)))
            : CharacterSet.Range(first, last);
    }

    private int ReadMemberCodePoint(int at) =>
        Ahead(@"\")
            ? RegexEscape.ReadCodePoint(expression, ref position) ?? throw Unsupported(at)
            : ReadCodePoint();

    private int ReadCodePoint()
    {
        if (!Rune.TryGetRuneAt(expression, position, out var rune))
            throw Unsupported(position);
        position += rune.Utf16SequenceLength;
        return rune.Value;
    }

    // A character, or under (?i: both cases of an ASCII letter with the two signs beyond ASCII that are cases of one.
    private CharacterSet Cases(int codePoint, int at)
    {
        var set = CharacterSet.Single(codePoint);
        if (!ignoreCase)
            return set;
        if (codePoint >= 128 || expression[at] == '\\' && char.IsAsciiLetter((char)codePoint))
            throw Unsupported(at);
        if (!char.IsAsciiLetter((char)codePoint))
            return set;
        set = set.Union(CharacterSet.Single(codePoint ^ 0x20));
        return (codePoint | 0x20) switch
        {
            's' => set.Union(CharacterSet.Single('\u017F')), // long s
            'k' => set.Union(CharacterSet.Single('\u212A')), // kelvin
            _ => set,
        };
    }

    // Without regard to case ss is also ß, and st, ff, fi and fl are also ligatures.
    private static bool IsOneLetterTogether(char first, char second) =>
        char.IsAsciiLetter(first)
        && $"{first}{second}".ToLowerInvariant() is "ss" or "st" or "ff" or "fi" or "fl";

    private static CharacterSet Newline => CharacterSet.Single('\n');

    private bool Write(CharacterSet set)
    {
        translation.Append(Name(set));
        return false;
    }

    private bool Assert(string condition)
    {
        translation.Append(condition);
        return true;
    }

    private char Name(CharacterSet set)
    {
        sets.Add(set);
        return (char)(FirstSet + sets.Count - 1);
    }

    private bool Ahead(string text) =>
        string.CompareOrdinal(expression, position, text, 0, text.Length) == 0;

    private bool Take(string text)
    {
        if (!Ahead(text))
            return false;
        position += text.Length;
        return true;
    }

    private FormatException Unsupported(int at) =>
        new($"'{expression[at..Math.Min(expression.Length, at + 8)]}' is not supported");
}
