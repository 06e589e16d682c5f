namespace SentenceTransformers;

/// <summary>One word while byte-pair encoding joins its symbols.</summary>
/// <remarks>A linked list, and a queue of the pairs in it that can be joined, as in <c>models/bpe/word.rs</c>.</remarks>
internal sealed class BytePairWord(int capacity)
{
    private readonly List<Symbol> symbols = new(capacity);

    /// <summary>Appends a symbol that stands for text[start..end].</summary>
    public void Add(int id, int start, int end)
    {
        if (symbols.Count > 0)
            symbols[^1] = symbols[^1] with { Next = symbols.Count };
        symbols.Add(new Symbol(id, start, end, symbols.Count - 1, -1));
    }

    /// <summary>Joins pairs, the smallest rank first and of equals the leftmost, until none is left.</summary>
    public void Join(Dictionary<(int Left, int Right), (int Rank, int Id)> merges)
    {
        var queue = new PriorityQueue<(int Position, int Id), (int Rank, int Position)>();
        for (var i = 0; i + 1 < symbols.Count; i++)
            Enqueue(i, i + 1);
        while (queue.TryDequeue(out var pair, out _))
        {
            var left = symbols[pair.Position];
            if (left.IsGone || left.Next < 0)
                continue;
            var right = symbols[left.Next];
            // What was queued may have been joined otherwise since.
            if (!merges.TryGetValue((left.Id, right.Id), out var merge) || merge.Id != pair.Id)
                continue;
            symbols[left.Next] = right with { IsGone = true };
            symbols[pair.Position] = left with { Id = pair.Id, End = right.End, Next = right.Next };
            if (right.Next >= 0)
                symbols[right.Next] = symbols[right.Next] with { Previous = pair.Position };
            Enqueue(left.Previous, pair.Position);
            Enqueue(pair.Position, right.Next);
        }

        void Enqueue(int left, int right)
        {
            if (
                left >= 0
                && right >= 0
                && merges.TryGetValue((symbols[left].Id, symbols[right].Id), out var merge)
            )
                queue.Enqueue((left, merge.Id), (merge.Rank, left));
        }
    }

    /// <summary>Appends what is left.</summary>
    public void AddTo(List<ModelToken> tokens)
    {
        foreach (var symbol in symbols)
            if (!symbol.IsGone)
                tokens.Add(new ModelToken(symbol.Id, symbol.Start, symbol.End));
    }

    private readonly record struct Symbol(
        int Id,
        int Start,
        int End,
        int Previous,
        int Next,
        bool IsGone = false
    );
}
