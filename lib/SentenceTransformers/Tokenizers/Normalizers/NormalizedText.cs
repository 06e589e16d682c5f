using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>Normalized UTF-16 text in which each code unit knows which code units of the source it comes from.</summary>
/// <remarks>A buffer to be reused, by one thread at a time.</remarks>
internal sealed class NormalizedText
{
    private readonly List<char> characters = [];
    private readonly List<int> starts = [];
    private readonly List<int> ends = [];
    private readonly List<Mark> marks = [];
    private readonly Queue<(int Start, int End)> sources = [];
    private (int Start, int End) source;

    /// <summary>The text; shape [length].</summary>
    public ReadOnlySpan<char> Characters => CollectionsMarshal.AsSpan(characters);

    /// <summary>Where in the source each code unit begins; shape [length].</summary>
    public ReadOnlySpan<int> Starts => CollectionsMarshal.AsSpan(starts);

    /// <summary>Where in the source each code unit ends, exclusive; shape [length].</summary>
    public ReadOnlySpan<int> Ends => CollectionsMarshal.AsSpan(ends);

    /// <summary>How much the largest of the buffers keeps for the next text.</summary>
    public int Capacity =>
        Math.Max(characters.Capacity, Math.Max(marks.Capacity, sources.Capacity));

    public void Clear()
    {
        characters.Clear();
        starts.Clear();
        ends.Clear();
        // Empty after every text, unless it was left half-way.
        marks.Clear();
        sources.Clear();
    }

    /// <summary>Appends a code point as it is.</summary>
    public void Append(int codePoint, int start, int end)
    {
        if (codePoint > char.MaxValue)
        {
            AppendUnit((char)(0xD7C0 + (codePoint >> 10)), start, end);
            codePoint = 0xDC00 + (codePoint & 0x3FF);
        }
        AppendUnit((char)codePoint, start, end);
    }

    /// <summary>Appends the canonical decomposition of a code point without its non-spacing marks, lower-cased if asked.</summary>
    /// <remarks>
    /// Canonical order moves combining characters past one another, and the reference gives sources out by position,
    /// not by character: the n-th source goes to the n-th code point that opens a decomposition. What one
    /// code point adds beyond its first shares the source before it.
    /// </remarks>
    public void AppendWithoutAccents(int codePoint, int start, int end, bool lowercase)
    {
        sources.Enqueue((start, end));
        Span<int> parts = stackalloc int[4];
        var count = UnicodeTables.Decompose(codePoint, parts);
        for (var i = 0; i < count; i++)
        {
            var combiningClass = UnicodeTables.CombiningClass(parts[i]);
            var mark = new Mark(parts[i], combiningClass, marks.Count, Opens: i == 0);
            if (combiningClass != 0)
            {
                marks.Add(mark);
                continue;
            }
            FlushMarks(lowercase);
            AppendUnlessAccent(mark, lowercase);
        }
    }

    /// <summary>Ends a run of <see cref="AppendWithoutAccents"/>.</summary>
    public void FlushMarks(bool lowercase)
    {
        if (marks.Count == 0)
            return;
        if (marks.Count > 1)
            marks.Sort(
                static (a, b) => (a.CombiningClass, a.Order).CompareTo((b.CombiningClass, b.Order))
            );
        foreach (var mark in marks)
            AppendUnlessAccent(mark, lowercase);
        marks.Clear();
    }

    /// <summary>Appends the lower-case form of a code point.</summary>
    public void AppendLower(int codePoint, int start, int end)
    {
        var lower = UnicodeTables.ToLower(codePoint);
        if (lower.IsEmpty)
            Append(codePoint, start, end);
        foreach (var part in lower)
            Append(part, start, end);
    }

    private void AppendUnlessAccent(Mark mark, bool lowercase)
    {
        if (mark.Opens)
            source = sources.Dequeue();
        if (UnicodeTables.Has(mark.CodePoint, CodePointTraits.NonSpacingMark))
            return;
        if (lowercase)
            AppendLower(mark.CodePoint, source.Start, source.End);
        else
            Append(mark.CodePoint, source.Start, source.End);
    }

    private void AppendUnit(char unit, int start, int end)
    {
        characters.Add(unit);
        starts.Add(start);
        ends.Add(end);
    }

    private readonly record struct Mark(int CodePoint, byte CombiningClass, int Order, bool Opens);
}
