namespace SentenceTransformers;

/// <summary>The best few of any number of hits: higher scores first, and of equal scores the earlier row.</summary>
/// <remarks>A heap with the worst of the best on top: most rows of a corpus cost one comparison and leave nothing behind.</remarks>
internal sealed class BestHits(int count)
{
    private static readonly Comparer<SearchHit> WorstFirst = Comparer<SearchHit>.Create(
        (a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.CorpusId.CompareTo(a.CorpusId)
    );

    private readonly PriorityQueue<SearchHit, SearchHit> heap = new(WorstFirst);

    /// <summary>What a later row must exceed to be among the best; minus infinity while there is room.</summary>
    public float Floor { get; private set; } = float.NegativeInfinity;

    /// <summary>Adds a row if it is among the best so far; rows come in their order, and one whose score is NaN never is.</summary>
    public void Consider(int corpusId, float score)
    {
        if (!(score > Floor))
            return;
        Add(corpusId, score);
        if (heap.Count == count)
            Floor = heap.Peek().Score;
    }

    public void Add(int corpusId, float score)
    {
        var hit = new SearchHit(corpusId, score);
        if (heap.Count < count)
            heap.Enqueue(hit, hit);
        else
            heap.EnqueueDequeue(hit, hit);
    }

    /// <summary>Hands the hits over, best first, and is empty again.</summary>
    public SearchHit[] Take()
    {
        var hits = new SearchHit[heap.Count];
        for (var i = hits.Length - 1; i >= 0; i--)
            hits[i] = heap.Dequeue();
        Floor = float.NegativeInfinity;
        return hits;
    }
}
