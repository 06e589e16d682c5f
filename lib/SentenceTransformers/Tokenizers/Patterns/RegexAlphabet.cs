using System.Globalization;
using System.Text;

namespace SentenceTransformers;

/// <summary>One symbol for all code points that an expression cannot tell apart.</summary>
/// <remarks>
/// .NET's engine sees UTF-16 halves and has other tables of letters than the reference's. So it is given symbols, as many
/// as there are code points in the text, and an expression about symbols: which code points a class holds is decided here.
/// </remarks>
internal sealed class RegexAlphabet
{
    private readonly int[] starts; // of the stretches of code points that have one symbol
    private readonly char[] symbols; // of each stretch
    private readonly char[] ascii = new char[128];

    /// <param name="sets">All sets that the expression tells apart.</param>
    public RegexAlphabet(IReadOnlyCollection<CharacterSet> sets)
    {
        starts = [.. sets.SelectMany(set => set.Edges).Append(0).Distinct().Order()];
        symbols = new char[starts.Length];
        foreach (var set in sets)
        {
            // Two stretches keep the same symbol if they had it before, and the set does not part them.
            var parts = new Dictionary<(char Before, bool IsMember), char>();
            for (var i = 0; i < starts.Length; i++)
            {
                var part = (symbols[i], set.Contains(starts[i]));
                if (!parts.TryGetValue(part, out symbols[i]))
                    parts[part] = symbols[i] = (char)parts.Count;
            }
        }
        for (var i = 0; i < ascii.Length; i++)
            ascii[i] = Find(i);
    }

    /// <summary>The symbol of a code point.</summary>
    public char SymbolOf(int codePoint) =>
        codePoint < ascii.Length ? ascii[codePoint] : Find(codePoint);

    /// <summary>A set as .NET writes it: [..] with the symbols of its members.</summary>
    public string ClassOf(CharacterSet set)
    {
        var members = new SortedSet<char>();
        for (var i = 0; i < starts.Length; i++)
            if (set.Contains(starts[i]))
                members.Add(symbols[i]);
        if (members.Count == 0)
            return "(?!)";
        var text = new StringBuilder("[");
        foreach (var symbol in members)
            text.Append(CultureInfo.InvariantCulture, $"\\u{(int)symbol:X4}");
        return text.Append(']').ToString();
    }

    private char Find(int codePoint)
    {
        var found = Array.BinarySearch(starts, codePoint);
        return symbols[found >= 0 ? found : ~found - 1];
    }
}
