namespace SentenceTransformers;

/// <summary>A set of code points.</summary>
internal sealed class CharacterSet
{
    private const int CodePoints = 0x110000;

    // Where membership changes: from the first edge on a code point belongs to the set, from the second on not, and so on.
    private readonly int[] edges;

    private CharacterSet(IEnumerable<int> edges) => this.edges = [.. edges];

    /// <summary>Where membership changes, in ascending order.</summary>
    public IReadOnlyList<int> Edges => edges;

    /// <summary>None.</summary>
    public static CharacterSet Empty { get; } = new([]);

    /// <summary>Those from one to another, inclusive.</summary>
    public static CharacterSet Range(int first, int last) =>
        new(last + 1 < CodePoints ? [first, last + 1] : [first]);

    /// <summary>One alone.</summary>
    public static CharacterSet Single(int codePoint) => Range(codePoint, codePoint);

    /// <summary>All of a kind.</summary>
    public static CharacterSet Where(Func<int, bool> isMember) =>
        Changes(Enumerable.Range(0, CodePoints), isMember);

    /// <summary>Whether a code point belongs to it.</summary>
    public bool Contains(int codePoint)
    {
        var found = Array.BinarySearch(edges, codePoint);
        return (found >= 0 ? found + 1 : ~found) % 2 == 1;
    }

    /// <summary>Those of either set.</summary>
    public CharacterSet Union(CharacterSet other) =>
        Changes(
            edges.Concat(other.edges).Distinct().Order(),
            codePoint => Contains(codePoint) || other.Contains(codePoint)
        );

    /// <summary>All others.</summary>
    public CharacterSet Complement() =>
        edges is [0, .. var rest] ? new CharacterSet(rest) : new CharacterSet([0, .. edges]);

    private static CharacterSet Changes(IEnumerable<int> codePoints, Func<int, bool> isMember)
    {
        var edges = new List<int>();
        foreach (var codePoint in codePoints)
            if (isMember(codePoint) != (edges.Count % 2 == 1))
                edges.Add(codePoint);
        return new CharacterSet(edges);
    }
}
