namespace SentenceTransformers.Tests;

/// <summary>The way from text to ids that allocates nothing.</summary>
public class WordPieceIdsTests
{
    private static readonly WordPieceTokenizer KoMini = (WordPieceTokenizer)
        Tokenizer.Load(Path.Combine(Goldens.Repository, "models", "ko-mini"));

    [Theory]
    [InlineData("한 남자가 기타를 연주하고 있다. 음식이 너무 짜서 먹을 수 없었어요!")]
    [InlineData("LG전자 Galaxy S24 100% [MASK] (2024) 大韓民國 ㅋㅋㅋ~♥")]
    public void Cased_text_becomes_ids_without_an_allocation(string text)
    {
        var ids = new int[3 * text.Length + 2];
        var count = KoMini.EncodeIds(text, ids); // the first call compiles
        Assert.True(count > 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            KoMini.EncodeIds(text, ids);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("가\u200B나 é 😀\uD83D\uFE0F")]
    [InlineData("e\u0301 한국 ≠ \u1100\u1161")]
    public void Text_that_normalization_changes_allocates_nothing_once_the_thread_has_its_buffer(
        string text
    )
    {
        var ids = new int[3 * text.Length + 2];
        var lower = TinyTokenizer.Load(json => json["normalizer"]!["lowercase"] = true);
        foreach (var tokenizer in new[] { KoMini, lower })
        {
            tokenizer.EncodeIds(text, ids);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                tokenizer.EncodeIds(text, ids);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void A_destination_too_short_is_refused_with_the_number_it_takes()
    {
        var text = "나 나 나 나";
        var error = Assert.Throws<ArgumentException>(() => KoMini.EncodeIds(text, new int[3]));
        Assert.Contains("6 ids, the destination holds 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, KoMini.EncodeIds(text, new int[6]));
    }

    [Fact]
    public void Three_ids_for_a_code_unit_are_enough_where_hangul_is_decomposed()
    {
        // 각 becomes three jamo when accents are stripped; no unit becomes more tokens than that.
        var tokenizer = TinyTokenizer.Load(json =>
        {
            json["normalizer"]!["lowercase"] = true;
            foreach (var jamo in new[] { "\u1100", "##\u1161", "##\u11A8", "##\u1100" })
                json["model"]!["vocab"]![jamo] = json["model"]!["vocab"]!.AsObject().Count;
        });
        var text = new string('각', 20);
        var ids = new int[3 * text.Length + 2];
        Assert.Equal(ids.Length, tokenizer.EncodeIds(text, ids));
        Assert.DoesNotContain(1, ids);
    }

    [Fact]
    public void A_megabyte_of_text_or_of_one_word_is_read_in_one_go()
    {
        var words = string.Concat(Enumerable.Repeat("나는 학생이다. ", 120_000));
        var ids = new int[words.Length];
        var count = KoMini.EncodeIds(words, ids);
        Assert.Equal(KoMini.Encode(words).Ids, ids[..count]);

        // One word of a million characters is one [UNK]; what is no word, or nothing, stays what it is.
        foreach (var unit in new[] { "가", "😀", "A", "\u0301" })
            Assert.Equal(
                [2, 1, 3],
                KoMini.Encode(string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length))).Ids
            );
        Assert.Equal([2, 3], KoMini.Encode(new string('\u200B', 1_000_000)).Ids);
        Assert.Equal(1_000_002, KoMini.Encode(new string('[', 1_000_000)).Length);
    }

    [Fact]
    public void A_megabyte_of_combining_marks_is_put_in_order_in_one_go()
    {
        var tokenizer = TinyTokenizer.Load(json => json["normalizer"]!["lowercase"] = true);
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 500_000));
        Assert.Equal([2, 15, 3], tokenizer.Encode(text).Ids);
    }

    [Fact]
    public void The_length_limit_of_a_word_counts_code_points()
    {
        // 100 letters may be looked up, 101 are unknown unseen; a letter outside the BMP is one, not two.
        foreach (var letter in new[] { "a", "\U0001D400" })
        {
            var tokenizer = TinyTokenizer.Load(json =>
            {
                var vocabulary = json["model"]!["vocab"]!.AsObject();
                vocabulary.TryAdd(letter, vocabulary.Count);
                vocabulary.TryAdd("##" + letter, vocabulary.Count);
            });
            var word = string.Concat(Enumerable.Repeat(letter, 100));
            Assert.Equal(102, tokenizer.Encode(word).Length);
            Assert.Equal([2, 1, 3], tokenizer.Encode(word + letter).Ids);
        }
    }
}
