namespace SentenceTransformers.Tests;

public class WordPieceTokenizerTests
{
    private static readonly WordPieceTokenizer Tokenizer = TinyTokenizer.Cased();

    [Fact]
    public void A_word_is_split_into_its_longest_pieces_with_their_places_in_the_text()
    {
        var encoding = Tokenizer.Encode("나는 학생이다.");
        Assert.Equal(["[CLS]", "나", "##는", "학생", "##이다", ".", "[SEP]"], encoding.Tokens);
        Assert.Equal([2, 5, 6, 7, 8, 13, 3], encoding.Ids);
        Assert.Equal([(0, 0), (0, 1), (1, 2), (3, 5), (5, 7), (7, 8), (0, 0)], encoding.Offsets);
        Assert.Equal(7, encoding.Length);
    }

    [Fact]
    public void A_word_with_one_unknown_part_is_unknown_as_a_whole()
    {
        var encoding = Tokenizer.Encode("embeddingsX a");
        Assert.Equal(["[CLS]", "[UNK]", "a", "[SEP]"], encoding.Tokens);
        Assert.Equal((0, 11), encoding.Offsets[1]);
    }

    [Fact]
    public void Offsets_count_utf16_units_and_span_what_cleaning_deleted()
    {
        // 😀 is two units; the zero-width space between 나 and 는 disappears.
        var encoding = Tokenizer.Encode("😀 나\u200B는");
        Assert.Equal(["[CLS]", "[UNK]", "나", "##는", "[SEP]"], encoding.Tokens);
        Assert.Equal([(0, 0), (0, 2), (3, 4), (5, 6), (0, 0)], encoding.Offsets);
    }

    [Fact]
    public void A_pair_is_laid_out_with_type_1_for_the_second_text()
    {
        var encoding = Tokenizer.Encode("나는", "a");
        Assert.Equal(["[CLS]", "나", "##는", "[SEP]", "a", "[SEP]"], encoding.Tokens);
        Assert.Equal([0, 0, 0, 0, 1, 1], encoding.TypeIds);
    }

    [Fact]
    public void Special_tokens_typed_in_a_text_are_special_tokens()
    {
        Assert.Equal([2, 5, 3, 4, 6 + 1, 3], Tokenizer.Encode("나[SEP][MASK]학생").Ids);
        Assert.Equal([2, 1, 1, 1, 3], Tokenizer.Encode("[mask]").Ids);
    }

    [Theory]
    [InlineData("\uD83D", 0)]
    [InlineData("나\uD83D는", 2)]
    [InlineData("나\uDE00\uD83D 는", 2)]
    public void A_lone_surrogate_is_nothing(string text, int tokens)
    {
        Assert.Equal(tokens + 2, Tokenizer.Encode(text).Length);
    }

    [Fact]
    public void Empty_and_blank_texts_are_special_tokens_only()
    {
        foreach (var text in new[] { "", " ", "\t\r\n\u3000", "\u200B\uFEFF" })
            Assert.Equal([2, 3], Tokenizer.Encode(text).Ids);
    }

    [Fact]
    public void A_cut_keeps_the_closing_special_token()
    {
        Assert.Equal([2, 5, 6, 3], Tokenizer.Encode("나는 학생이다.", maxLength: 4).Ids);
        Assert.Equal([2, 3], Tokenizer.Encode("나는 학생이다.", maxLength: 2).Ids);
        Assert.Equal([2, 3, 3], Tokenizer.Encode("나는", "a", maxLength: 3).Ids);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 0)]
    [InlineData(null, -1)]
    [InlineData("a", 2)]
    public void A_limit_that_cannot_hold_the_special_tokens_is_refused(string? pair, int maxLength)
    {
        var error = Assert.Throws<ArgumentException>(() => Tokenizer.Encode("나", pair, maxLength));
        Assert.Contains("special tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_and_ids_are_found_both_ways()
    {
        Assert.Equal(6, Tokenizer.TokenToId("##는"));
        Assert.Equal("##는", Tokenizer.IdToToken(6));
        Assert.Null(Tokenizer.TokenToId("없다"));
        Assert.Null(Tokenizer.IdToToken(-1));
        Assert.Null(Tokenizer.IdToToken(Tokenizer.VocabularySize));
        Assert.Equal(TinyTokenizer.Tokens.Length, Tokenizer.VocabularySize);
        Assert.Equal(0, Tokenizer.PadTokenId);
        Assert.Null(Tokenizer.ModelMaxLength);
    }

    [Fact]
    public void Decoding_joins_pieces_and_leaves_out_special_tokens_and_unknown_ids()
    {
        int[] ids = [2, 5, 6, 7, 8, 13, 3, 0, 99, -1];
        Assert.Equal("나는 학생이다.", Tokenizer.Decode(ids));
        Assert.Equal(
            "[CLS] 나는 학생이다. [SEP] [PAD]",
            Tokenizer.Decode(ids, skipSpecialTokens: false)
        );
    }

    [Fact]
    public void Combining_characters_that_stay_are_matched_in_canonical_order()
    {
        // U+302E (class 224) and U+1B44 (class 9) are no accents to strip, but change places.
        const string ordered = "a\u1B44\u302E";
        var tokenizer = TinyTokenizer.Load(json =>
        {
            json["normalizer"]!["strip_accents"] = true;
            json["model"]!["vocab"]![ordered] = TinyTokenizer.Tokens.Length;
        });
        Assert.Equal(ordered, tokenizer.Encode("a\u302E\u1B44").Tokens[1]);
    }

    [Fact]
    public void Many_threads_share_one_tokenizer()
    {
        var tokenizer = TinyTokenizer.Load(json => json["normalizer"]!["lowercase"] = true);
        string[] texts = ["나는", "ÀB a", "A\u0301b 나\u200B는", "학생이다 ÉB"];
        var expected = texts.Select(text => tokenizer.Encode(text).Ids).ToArray();
        Parallel.For(
            0,
            2_000,
            i => Assert.Equal(expected[i % 4], tokenizer.Encode(texts[i % 4]).Ids)
        );
    }
}
