namespace SentenceTransformers;

/// <summary>WordPiece: the longest token that the word starts with, then the longest that continues it, and so on.</summary>
/// <remarks>After <c>models/wordpiece</c> of Hugging Face tokenizers; <see cref="ReadableWordPiece"/> says the same plainly.</remarks>
internal sealed class WordPieceModel
{
    /// <summary>The largest max_input_chars_per_word that is read (it is 100 everywhere); it bounds what one word can cost.</summary>
    public const int MaximumCharactersLimit = 10_000;

    private readonly CharacterTrie beginnings = new();
    private readonly CharacterTrie continuations = new(); // without their prefix
    private readonly int maximumCharacters;

    public WordPieceModel(
        Vocabulary vocabulary,
        string unknownToken,
        string continuingPrefix,
        int maximumCharacters
    )
    {
        Vocabulary = vocabulary;
        this.maximumCharacters = maximumCharacters;
        UnknownId = vocabulary.RequiredId(unknownToken, "unknown token");
        foreach (var (token, id) in vocabulary.Ids)
        {
            beginnings.Add(token, id);
            if (token.StartsWith(continuingPrefix, StringComparison.Ordinal))
                continuations.Add(token.AsSpan(continuingPrefix.Length), id);
        }
    }

    public Vocabulary Vocabulary { get; }

    /// <summary>The id of a word that has no pieces.</summary>
    public int UnknownId { get; }

    /// <summary>Adds the pieces of one normalized word, or the unknown token when a part of it has none.</summary>
    /// <param name="word">The word.</param>
    /// <param name="source">Where its code units come from.</param>
    /// <param name="sink">Takes the pieces.</param>
    public void Tokenize<TSink>(
        scoped ReadOnlySpan<char> word,
        scoped SourceMap source,
        ref TSink sink
    )
        where TSink : ITokenSink, allows ref struct
    {
        var before = sink.Count;
        var known = word.Length <= maximumCharacters || CodePoints(word) <= maximumCharacters;
        for (int start = 0, length; known && start < word.Length; start += length)
        {
            var trie = start == 0 ? beginnings : continuations;
            length = trie.LongestMatch(word[start..], out var id);
            known = length > 0;
            if (known)
                sink.Add(id, source.Start(start), source.End(start + length));
        }
        if (known)
            return;
        sink.RemoveFrom(before);
        sink.Add(UnknownId, source.Start(0), source.End(word.Length));
    }

    private static int CodePoints(ReadOnlySpan<char> word)
    {
        var count = word.Length;
        foreach (var unit in word)
            if (char.IsLowSurrogate(unit))
                count--;
        return count;
    }
}
