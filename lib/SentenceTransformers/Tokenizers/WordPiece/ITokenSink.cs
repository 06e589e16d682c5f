namespace SentenceTransformers;

/// <summary>Takes tokens as they are found; what it keeps of them is its own affair.</summary>
internal interface ITokenSink
{
    /// <summary>How many tokens were added.</summary>
    int Count { get; }

    /// <summary>Adds a token of the vocabulary, found at [start, end) of the source.</summary>
    void Add(int id, int start, int end);

    /// <summary>Adds an added token, spelled as the text has it.</summary>
    void AddAdded(int id, scoped ReadOnlySpan<char> spelling, int start, int end);

    /// <summary>Takes tokens back, down to a count.</summary>
    void RemoveFrom(int count);
}
