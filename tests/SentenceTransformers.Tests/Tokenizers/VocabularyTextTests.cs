namespace SentenceTransformers.Tests;

/// <summary>vocab.txt: a token a line, its id the line's place.</summary>
public class VocabularyTextTests
{
    [Fact]
    public void Ids_do_not_shift_by_line_endings_blank_lines_or_unicode_separators()
    {
        using var folder = TinyTokenizer.CasedFolder();
        string[] tokens =
        [
            "[PAD]",
            "[UNK]",
            "[CLS]",
            "[SEP]",
            "",
            "\u2028",
            "\u0085",
            "",
            " x ",
            "a",
        ];
        foreach (var newline in new[] { "\n", "\r\n" })
        {
            folder.Write("vocab.txt", string.Join(newline, tokens) + newline);
            var tokenizer = folder.Load();
            Assert.Equal([2, 9, 3], tokenizer.Encode("a").Ids);
            Assert.Equal(10, tokenizer.VocabularySize);
            Assert.Equal("\u2028", tokenizer.IdToToken(5));
        }
        folder.Write("vocab.txt", string.Join('\n', tokens)); // no newline at the end
        Assert.Equal([2, 9, 3], folder.Load().Encode("a").Ids);
    }

    [Fact]
    public void Of_a_token_listed_twice_the_last_line_counts()
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\na\n");
        Assert.Equal([2, 6, 5, 3], folder.Load().Encode("a b").Ids);
    }

    [Theory]
    [InlineData("", "vocab.txt: the vocabulary is empty")]
    [InlineData("[PAD]\n[CLS]\n[SEP]\n", "vocab.txt: the unk token \"[UNK]\" is not among")]
    [InlineData("[UNK]\n[CLS]\n[PAD]\n", "vocab.txt: the sep token \"[SEP]\" is not among")]
    [InlineData("[UNK]\n[SEP]\n[PAD]\n", "vocab.txt: the cls token \"[CLS]\" is not among")]
    [InlineData("[UNK]\n[CLS]\n[SEP]\n", "vocab.txt: the pad token \"[PAD]\" is not among")]
    [InlineData("[UNK]\na\rb\n", "vocab.txt: line 2 holds a carriage return")]
    public void A_vocabulary_that_lacks_something_is_refused_by_name(string text, string message)
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("vocab.txt", text);
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf8_is_refused()
    {
        using var folder = TinyTokenizer.CasedFolder();
        File.WriteAllBytes(folder["vocab.txt"], [.. "[PAD]\n"u8, 0xC3, 0x28]);
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains("vocab.txt: not valid UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_ten_million_lines_are_no_vocabulary()
    {
        using var folder = TinyTokenizer.CasedFolder();
        folder.Write("vocab.txt", new string('\n', 10_000_001));
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains("more than 10,000,000 lines", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_large_is_refused_unread()
    {
        using var folder = TinyTokenizer.CasedFolder();
        using (var file = File.OpenWrite(folder["vocab.txt"]))
            file.SetLength(300L << 20); // sparse
        var error = Assert.Throws<ModelFormatException>(folder.Load);
        Assert.Contains("expected at most", error.Message, StringComparison.Ordinal);
    }
}
