namespace SentenceTransformers;

/// <summary>Where the code units of a stretch of text come from: one by one, or as its normalization says.</summary>
internal readonly ref struct SourceMap
{
    private readonly int origin;
    private readonly ReadOnlySpan<int> starts;
    private readonly ReadOnlySpan<int> ends;

    /// <summary>Unchanged text that begins at <paramref name="origin"/>.</summary>
    public SourceMap(int origin) => this.origin = origin;

    /// <summary>Part of a normalized text.</summary>
    public SourceMap(NormalizedText text, int start, int end)
    {
        starts = text.Starts[start..end];
        ends = text.Ends[start..end];
    }

    /// <summary>The source's first code unit of the stretch's code unit <paramref name="index"/>.</summary>
    public int Start(int index) => starts.IsEmpty ? origin + index : starts[index];

    /// <summary>The end, exclusive, of the source of everything before <paramref name="index"/>.</summary>
    public int End(int index) => ends.IsEmpty ? origin + index : ends[index - 1];
}
