namespace SentenceTransformers.Tests;

public class ReadableWordPieceTests
{
    private static readonly WordPieceTokenizer KoMini = (WordPieceTokenizer)
        Tokenizer.Load(Path.Combine(Goldens.Repository, "models", "ko-mini"));

    [Fact]
    public void The_longest_piece_comes_first_then_its_continuations()
    {
        var vocabulary = TinyTokenizer.Cased().Vocabulary;
        var wordPiece = new ReadableWordPiece(vocabulary);
        Assert.Equal(["embed", "##ding", "##s"], wordPiece.Tokenize("embeddings"));
        Assert.Equal(["나", "##는"], wordPiece.Tokenize("나는"));
        Assert.Equal(["[UNK]"], wordPiece.Tokenize("embedded"));
        Assert.Equal([], wordPiece.Tokenize(""));
    }

    [Fact]
    public void Generated_words_are_split_as_the_fast_tokenizer_splits_them()
    {
        var readable = new ReadableWordPiece(KoMini.Vocabulary);
        var random = new Random(20_240_501);
        string[] odd =
        [
            "😀",
            "\u0301",
            "\u200B",
            "\uD83D",
            "中",
            "A",
            " ",
            "\t",
            ".",
            "[MASK]",
            new string('가', 97),
        ];
        string[] known =
        [
            .. KoMini
                .Vocabulary.Keys.Where(token => token[0] != '[')
                .Select(token => token.TrimStart('#')),
        ];
        // As much that the vocabulary lacks as words that it has: of those alone hardly a word would be unknown.
        string[] parts = [.. known, .. random.GetItems(odd, known.Length)];
        var (pieces, unknown) = (0, 0);
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(random.GetItems(parts, random.Next(12)));
            var expected = KoMini.PreTokenize(text).SelectMany(readable.Tokenize).ToArray();
            Assert.Equal(expected, KoMini.Encode(text).Tokens[1..^1]);
            pieces += expected.Count(token => token.StartsWith("##", StringComparison.Ordinal));
            unknown += expected.Count(token => token == "[UNK]");
        }
        // The premise: both outcomes occur often.
        Assert.True(pieces > 500 && unknown > 500, $"{pieces} pieces, {unknown} unknown words");
    }

    [Fact]
    public void A_word_beyond_the_limit_is_unknown()
    {
        var wordPiece = new ReadableWordPiece(
            TinyTokenizer.Cased().Vocabulary,
            maximumCharacters: 2
        );
        Assert.Equal(["a", "##b"], wordPiece.Tokenize("ab"));
        Assert.Equal(["[UNK]"], wordPiece.Tokenize("abb"));
    }
}
