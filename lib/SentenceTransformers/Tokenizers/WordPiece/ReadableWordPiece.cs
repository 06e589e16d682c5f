namespace SentenceTransformers;

/// <summary>WordPiece as a textbook has it: greedy, longest match first, over a dictionary.</summary>
/// <remarks>
/// For reading. It hashes every candidate, up to L for each piece of a word of L characters; the tokenizer that
/// models use walks a trie instead and finds the same pieces. After Google's BERT, <c>tokenization.py</c>.
/// </remarks>
/// <param name="vocabulary">Tokens and ids; a token that continues a word begins with "##".</param>
/// <param name="unknownToken">What a word becomes of which a part is not in the vocabulary.</param>
/// <param name="maximumCharacters">A longer word, in code points, is unknown without looking.</param>
public sealed class ReadableWordPiece(
    IReadOnlyDictionary<string, int> vocabulary,
    string unknownToken = "[UNK]",
    int maximumCharacters = 100
)
{
    /// <summary>Splits one word, as <see cref="WordPieceTokenizer.PreTokenize"/> gives it, into tokens.</summary>
    /// <example>With "embed", "##ding" and "##s" in the vocabulary, "embeddings" gives "embed", "##ding", "##s".</example>
    public IReadOnlyList<string> Tokenize(string word)
    {
        if (word.EnumerateRunes().Count() > maximumCharacters)
            return [unknownToken];

        var tokens = new List<string>();
        var start = 0;
        while (start < word.Length)
        {
            // The whole rest of the word first, then one character less, and less.
            var end = word.Length;
            while (end > start && !vocabulary.ContainsKey(Candidate(word, start, end)))
                end--;

            // One part without a token makes the whole word unknown, whatever was found before it.
            if (end == start)
                return [unknownToken];

            tokens.Add(Candidate(word, start, end));
            start = end;
        }
        return tokens;
    }

    private static string Candidate(string word, int start, int end) =>
        start == 0 ? word[..end] : "##" + word[start..end];
}
