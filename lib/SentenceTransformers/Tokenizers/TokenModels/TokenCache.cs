using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SentenceTransformers;

/// <summary>Remembers how short texts were cut, for many threads; full, it stays as it is.</summary>
/// <remarks>Words repeat so much (Zipf's law) that the first ten thousand are most of what will come.</remarks>
internal sealed class TokenCache
{
    private const int MaximumTexts = 10_000;
    private const int MaximumLength = 256;

    private readonly ConcurrentDictionary<string, ModelToken[]> tokensByText = new();
    private readonly ConcurrentDictionary<string, ModelToken[]>.AlternateLookup<
        ReadOnlySpan<char>
    > tokensBySpan;
    private int texts;

    public TokenCache() => tokensBySpan = tokensByText.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds the tokens of a text that is remembered.</summary>
    public bool TryAdd(ReadOnlySpan<char> text, List<ModelToken> tokens)
    {
        if (text.Length > MaximumLength || !tokensBySpan.TryGetValue(text, out var known))
            return false;
        tokens.AddRange(known);
        return true;
    }

    /// <summary>Remembers the tokens from <paramref name="first"/> on as those of a text.</summary>
    public void Keep(ReadOnlySpan<char> text, List<ModelToken> tokens, int first)
    {
        // ConcurrentDictionary.Count would lock; a count that two threads raise at once is near enough.
        if (text.Length > MaximumLength || texts >= MaximumTexts)
            return;
        if (tokensBySpan.TryAdd(text, CollectionsMarshal.AsSpan(tokens)[first..].ToArray()))
            Interlocked.Increment(ref texts);
    }
}
