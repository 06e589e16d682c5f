using System.Text.Json.Nodes;

namespace SentenceTransformers.Tests;

/// <summary>Added tokens: found before words are made, each with its own manners.</summary>
public class AddedTokensTests
{
    private static readonly int Next = TinyTokenizer.Tokens.Length;

    [Fact]
    public void The_leftmost_token_wins_and_of_those_the_longest()
    {
        var tokenizer = TinyTokenizer.Load(json =>
        {
            TinyTokenizer.Add(json, "<x>", Next);
            TinyTokenizer.Add(json, "<x><y>", Next + 1);
            TinyTokenizer.Add(json, "<y>", Next + 2);
        });
        Assert.Equal([2, Next, Next + 1, Next + 2, 3], tokenizer.Encode("<x><x><y><y>").Ids);
        Assert.Equal(Next + 3, tokenizer.VocabularySize);
        Assert.Equal("<x><y>", tokenizer.IdToToken(Next + 1));
        Assert.Equal(Next + 1, tokenizer.TokenToId("<x><y>"));
    }

    [Theory]
    [InlineData("q", true)]
    [InlineData("q-q", true)]
    [InlineData("\uD83Dq", true)]
    [InlineData("qb", false)]
    [InlineData("나q", false)]
    [InlineData("q_", false)]
    [InlineData("q\u0301", false)]
    public void A_single_word_is_not_found_where_word_characters_touch_it(string text, bool found)
    {
        var tokenizer = TinyTokenizer.Load(json =>
            TinyTokenizer.Add(json, "q", Next, "single_word")
        );
        Assert.Equal(found, tokenizer.Encode(text).Ids.Contains(Next));
    }

    [Fact]
    public void A_stripping_token_takes_white_space_along_but_none_that_is_taken()
    {
        var tokenizer = TinyTokenizer.Load(json =>
        {
            TinyTokenizer.Add(json, "<l>", Next, "lstrip");
            TinyTokenizer.Add(json, "<r>", Next + 1, "rstrip");
        });
        var encoding = tokenizer.Encode("a \u3000<l> <r> \t<l>");
        Assert.Equal([2, 15, Next, Next + 1, Next, 3], encoding.Ids);
        Assert.Equal([(0, 0), (0, 1), (1, 6), (7, 12), (12, 15), (0, 0)], encoding.Offsets);
        Assert.Equal(" \u3000<l>", encoding.Tokens[2]);
    }

    [Fact]
    public void White_space_around_an_ideograph_goes_to_one_of_two_stripping_tokens()
    {
        // Normalized, "<r>中" is "<r> 中 ": the first token takes the space that the second begins with.
        var tokenizer = TinyTokenizer.Load(json =>
        {
            TinyTokenizer.Add(json, "<r>", Next, "normalized", "rstrip");
            TinyTokenizer.Add(json, "中", Next + 1, "normalized", "lstrip");
        });
        var encoding = tokenizer.Encode("<r>中");
        Assert.Equal(["[CLS]", "<r> ", "中 ", "[SEP]"], encoding.Tokens);
        Assert.Equal([(0, 0), (0, 4), (3, 4), (0, 0)], encoding.Offsets);
    }

    [Fact]
    public void A_normalized_token_is_found_in_normalized_text_with_its_place_in_the_source()
    {
        void Change(JsonNode json)
        {
            json["normalizer"]!["lowercase"] = true;
            TinyTokenizer.Add(json, "Éa", Next, "normalized");
            TinyTokenizer.Add(json, "Ba", Next + 1);
        }
        var tokenizer = TinyTokenizer.Load(Change);
        var encoding = tokenizer.Encode("bE\u200B\u0301A Ba ba");
        Assert.Equal(["[CLS]", "b", "ea", "Ba", "[UNK]", "[SEP]"], encoding.Tokens);
        Assert.Equal([(0, 0), (0, 1), (1, 5), (6, 8), (9, 11), (0, 0)], encoding.Offsets);
        Assert.Equal(Next, encoding.Ids[2]);
        Assert.Equal("b Éa Ba", tokenizer.Decode(encoding.Ids));
    }

    [Fact]
    public void Of_equal_patterns_a_special_token_wins_and_then_the_first()
    {
        var tokenizer = TinyTokenizer.Load(json =>
        {
            json["normalizer"]!["lowercase"] = true;
            TinyTokenizer.Add(json, "Q", Next, "normalized");
            TinyTokenizer.Add(json, "q", Next + 1, "normalized");
            TinyTokenizer.Add(json, "W", Next + 2, "normalized");
            TinyTokenizer.Add(json, "w", Next + 3, "normalized", "special");
        });
        Assert.Equal([2, Next, Next + 3, 3], tokenizer.Encode("QW").Ids);
    }

    [Fact]
    public void Looking_for_tokens_in_a_text_made_of_their_beginnings_takes_one_pass()
    {
        var tokenizer = TinyTokenizer.Load(json =>
        {
            for (var i = 0; i < 200; i++)
                TinyTokenizer.Add(json, new string('[', 500) + i, Next + i);
        });
        var encoding = tokenizer.Encode(new string('[', 200_000));
        Assert.Equal(200_002, encoding.Length);
    }
}
