using System.Globalization;
using System.Text;

namespace SentenceTransformers;

/// <summary>Finds grapheme clusters, what readers call characters, as the reference tokenizer does.</summary>
/// <remarks>
/// Extended grapheme clusters of UAX #29, with the classes of the embedded GraphemeClasses.txt. .NET's own
/// (<see cref="StringInfo"/>) follow the Unicode version of the machine.
/// </remarks>
internal static class GraphemeClusters
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;
    private const int TrailingConsonants = 28; // none being one of them

    // Nothing below joins its neighbours, CR LF apart: the first mark is U+0300, the first prefix U+0600.
    private const char FirstMark = '\u0300';
    private const char FirstPrefix = '\u0600';

    private static readonly GraphemeClass[] Classes = ReadClasses();

    /// <summary>How many code units the first cluster of a text has; the text is not empty.</summary>
    public static int FirstLength(ReadOnlySpan<char> text)
    {
        if (text.Length == 1 || (text[0] < FirstPrefix && text[1] < FirstMark))
            return text is ['\r', '\n', ..] ? 2 : 1;
        var previous = ClassOf(text, out var length);
        var joining = default(Joining).After(previous);
        while (length < text.Length)
        {
            var next = ClassOf(text[length..], out var units);
            if (!Joins(previous, next, joining))
                break;
            joining = joining.After(next);
            previous = next;
            length += units;
        }
        return length;
    }

    // Rules GB3 to GB999; CR LF has been seen to.
    private static bool Joins(GraphemeClass previous, GraphemeClass next, Joining joining) =>
        previous != GraphemeClass.Control
        && next switch
        {
            GraphemeClass.Control => false,
            GraphemeClass.Extend
            or GraphemeClass.NonJoiner
            or GraphemeClass.Joiner
            or GraphemeClass.Linker
            or GraphemeClass.SpacingMark => true,
            _ when previous == GraphemeClass.Prepend => true,
            GraphemeClass.HangulL or GraphemeClass.HangulLV or GraphemeClass.HangulLVT => previous
                == GraphemeClass.HangulL,
            GraphemeClass.HangulV => previous
                is GraphemeClass.HangulL
                    or GraphemeClass.HangulV
                    or GraphemeClass.HangulLV,
            GraphemeClass.HangulT => previous
                is GraphemeClass.HangulV
                    or GraphemeClass.HangulT
                    or GraphemeClass.HangulLV
                    or GraphemeClass.HangulLVT,
            GraphemeClass.Consonant => joining.Conjunct == Stage.Linked,
            GraphemeClass.Pictograph => joining.Pictograph == Stage.Linked,
            GraphemeClass.Regional => previous == GraphemeClass.Regional && joining.HalfFlag,
            _ => false,
        };

    private static GraphemeClass ClassOf(ReadOnlySpan<char> text, out int units)
    {
        Rune.DecodeFromUtf16(text, out var rune, out units);
        return Classes[rune.Value];
    }

    private static GraphemeClass[] ReadClasses()
    {
        var classes = new GraphemeClass[0x110000];
        for (var c = HangulFirst; c <= HangulLast; c++)
            classes[c] =
                (c - HangulFirst) % TrailingConsonants == 0
                    ? GraphemeClass.HangulLV
                    : GraphemeClass.HangulLVT;
        foreach (var fields in CodePointTable.Read("GraphemeClasses.txt"))
        {
            var value = Enum.Parse<GraphemeClass>(
                fields[0].Replace("-", "", StringComparison.Ordinal),
                ignoreCase: true
            );
            foreach (var range in fields[1..])
            {
                var ends = range.Split('-');
                var last = CodePointTable.Number(ends[^1]);
                for (var c = CodePointTable.Number(ends[0]); c <= last; c++)
                    classes[c] = value;
            }
        }
        return classes;
    }

    private enum Stage
    {
        None,
        Begun,
        Linked,
    }

    /// <summary>What the cluster so far has begun and a later code point may go on with.</summary>
    private readonly record struct Joining(Stage Conjunct, Stage Pictograph, bool HalfFlag)
    {
        public Joining After(GraphemeClass next) =>
            new(
                // GB9c: a consonant, marks with a linker among them, a consonant.
                next switch
                {
                    GraphemeClass.Consonant => Stage.Begun,
                    GraphemeClass.Linker when Conjunct != Stage.None => Stage.Linked,
                    GraphemeClass.Extend or GraphemeClass.Joiner => Conjunct,
                    _ => Stage.None,
                },
                // GB11: a pictograph, marks, a joiner, a pictograph.
                next switch
                {
                    GraphemeClass.Pictograph => Stage.Begun,
                    GraphemeClass.Extend
                    or GraphemeClass.NonJoiner
                    or GraphemeClass.Linker when Pictograph == Stage.Begun => Stage.Begun,
                    GraphemeClass.Joiner when Pictograph == Stage.Begun => Stage.Linked,
                    _ => Stage.None,
                },
                // GB12, GB13: flags are pairs.
                next == GraphemeClass.Regional
                    && !HalfFlag
            );
    }
}
