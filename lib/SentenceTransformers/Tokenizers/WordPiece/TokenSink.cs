namespace SentenceTransformers;

/// <summary>Keeps all there is to know of each token.</summary>
internal readonly struct TokenSink(Vocabulary vocabulary) : ITokenSink
{
    public List<FoundToken> Tokens { get; } = [];

    public int Count => Tokens.Count;

    public void Add(int id, int start, int end) =>
        Tokens.Add(new FoundToken(id, vocabulary.TokenOf(id)!, start, end));

    public void AddAdded(int id, scoped ReadOnlySpan<char> spelling, int start, int end) =>
        Tokens.Add(new FoundToken(id, spelling.ToString(), start, end));

    public void RemoveFrom(int count) => Tokens.RemoveRange(count, Tokens.Count - count);
}
