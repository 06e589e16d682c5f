using System.Text;

namespace SentenceTransformers;

/// <summary>One word while byte-pair encoding joins its symbols.</summary>
/// <remarks>A linked list, and a queue of the pairs in it that can be joined, as in <c>models/bpe/word.rs</c>.</remarks>
internal sealed class BytePairWord(int capacity)
{
    private readonly List<Symbol> symbols = new(capacity);

    /// <summary>Appends a symbol.</summary>
    /// <param name="id">The token's id.</param>
    /// <param name="length">How much text it stands for, in bytes of UTF-8, at least 1.</param>
    public void Add(int id, int length)
    {
        if (symbols.Count > 0)
            symbols[^1] = symbols[^1] with { Next = symbols.Count };
        symbols.Add(new Symbol(id, length, symbols.Count - 1, -1));
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
            if (left.Length == 0 || left.Next < 0)
                continue;
            var right = symbols[left.Next];
            // What was queued may have been joined otherwise since.
            if (!merges.TryGetValue((left.Id, right.Id), out var merge) || merge.Id != pair.Id)
                continue;
            symbols[left.Next] = right with { Length = 0 };
            symbols[pair.Position] = left with
            {
                Id = pair.Id,
                Length = left.Length + right.Length,
                Next = right.Next,
            };
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

    /// <summary>Appends the tokens that are left, each where it lies in the text.</summary>
    /// <remarks>
    /// As with the reference, that is behind the bytes of the tokens before it: after a character that has no token and
    /// was left out, too far to the left. Part of a character lies where all of it does.
    /// </remarks>
    public void AddTo(List<ModelToken> tokens, ReadOnlySpan<char> text)
    {
        var at = new Place(text);
        var position = 0;
        foreach (var symbol in symbols)
        {
            if (symbol.Length == 0)
                continue;
            at.MoveTo(position);
            var start = at.Start;
            position += symbol.Length;
            at.MoveTo(position - 1);
            tokens.Add(new ModelToken(symbol.Id, start, at.End));
        }
    }

    // The length is in bytes of UTF-8, and 0 for what was joined to the symbol before.
    private readonly record struct Symbol(int Id, int Length, int Previous, int Next);

    /// <summary>A character of a text, and where it is in its UTF-8.</summary>
    private ref struct Place(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int nextByte;

        public int Start { get; private set; }

        public int End { get; private set; }

        /// <summary>Goes on to the character of which this byte is a part.</summary>
        public void MoveTo(int position)
        {
            while (nextByte <= position && End < text.Length)
            {
                Rune.DecodeFromUtf16(text[End..], out var rune, out var units);
                (Start, End) = (End, End + units);
                nextByte += rune.Utf8SequenceLength;
            }
        }
    }
}
