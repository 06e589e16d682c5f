namespace SentenceTransformers;

/// <summary>Keeps ids only, in the caller's memory; counts on when that is full.</summary>
internal ref struct IdSink(Span<int> destination) : ITokenSink
{
    private readonly Span<int> destination = destination;

    public int Count { get; private set; }

    public void Add(int id, int start, int end)
    {
        if ((uint)Count < (uint)destination.Length)
            destination[Count] = id;
        Count++;
    }

    public void AddAdded(int id, scoped ReadOnlySpan<char> spelling, int start, int end) =>
        Add(id, start, end);

    public void RemoveFrom(int count) => Count = count;
}
