using System.Buffers;

namespace SentenceTransformers;

/// <summary>Finds a set of added tokens in a text: leftmost first, then longest, never overlapping.</summary>
/// <remarks>After <c>tokenizer/added_vocabulary.rs</c> of Hugging Face tokenizers.</remarks>
internal sealed class AddedTokens
{
    private readonly AddedToken[] tokens;
    private readonly CharacterTrie trie = new();
    private readonly SearchValues<char> firstCharacters;

    /// <param name="entries">
    /// The tokens, and what each looks like in the text that is searched; one that looks like nothing is never found.
    /// </param>
    public AddedTokens(IEnumerable<(AddedToken Token, string Pattern)> entries)
    {
        // Of equal patterns the first counts, special tokens before others; the trie keeps the last one added.
        var ordered = entries
            .Where(entry => entry.Pattern.Length > 0)
            .OrderByDescending(entry => entry.Token.Special)
            .Reverse()
            .ToArray();
        tokens = [.. ordered.Select(entry => entry.Token)];
        for (var i = 0; i < ordered.Length; i++)
            trie.Add(ordered[i].Pattern, i);
        firstCharacters = SearchValues.Create([
            .. ordered.Select(entry => entry.Pattern[0]).Distinct(),
        ]);
    }

    public bool IsEmpty => tokens.Length == 0;

    /// <summary>Finds the next token at or after <paramref name="position"/> and moves the position behind it.</summary>
    public AddedToken? FindNext(
        ReadOnlySpan<char> text,
        ref int position,
        out int start,
        out int end
    )
    {
        while (text[position..].IndexOfAny(firstCharacters) is var skipped and >= 0)
        {
            start = position + skipped;
            var length = trie.LongestMatch(text[start..], out var index);
            if (length == 0)
            {
                position = start + 1;
                continue;
            }
            position = end = start + length;
            if (!tokens[index].SingleWord || StandsAlone(text, start, end))
                return tokens[index];
        }
        position = start = end = text.Length;
        return null;
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end)
    {
        // At the text's edge the decoder gives U+FFFD, which is no word character.
        System.Text.Rune.DecodeLastFromUtf16(text[..start], out var before, out _);
        System.Text.Rune.DecodeFromUtf16(text[end..], out var after, out _);
        return !UnicodeTables.Has(before.Value, CodePointTraits.WordCharacter)
            && !UnicodeTables.Has(after.Value, CodePointTraits.WordCharacter);
    }
}
