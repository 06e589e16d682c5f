namespace SentenceTransformers.Tests;

public class UnigramModelTests
{
    [Theory]
    [InlineData("abcdacdxx", "abcd a cd xx")] // the reference's own example
    [InlineData("xxab", "xx ab")]
    [InlineData("abxcx", "ab x c x")]
    [InlineData("★★★", "★★★")] // unknown neighbours are one token
    [InlineData("😀a𠀀", "😀 a 𠀀")]
    public void The_likeliest_pieces_are_taken_and_unknowns_fused(string text, string expected)
    {
        var model = Model(
            ("a", 0),
            ("b", 0),
            ("c", 0),
            ("d", 0),
            ("cd", 1),
            ("ab", 2),
            ("abc", 5),
            ("abcd", 10)
        );
        Assert.Equal(expected, Cut(model, text));
    }

    [Fact]
    public void Of_equal_paths_the_one_found_first_stays()
    {
        // The premise: every cut of 하하하 into 하 and 하하 has -2 or -3, two of them -2.
        var model = Model(("하", -1), ("하하", -1));
        Assert.Equal("하 하하", Cut(model, "하하하"));
        Assert.Equal("하하 하하", Cut(model, "하하하하"));
    }

    [Fact]
    public void Scores_are_summed_in_double()
    {
        // In float, 16777216 and 1 are 16777216: the first cut would stay.
        var model = Model(("a", 16777216), ("b", 1), ("ab", 16777216));
        Assert.Equal(16777216f, 16777216f + 1f);
        Assert.Equal("a b", Cut(model, "ab"));
    }

    [Fact]
    public void A_piece_listed_twice_has_the_later_id_and_score()
    {
        var model = Model(("a", -1), ("aa", -9), ("aa", -1));
        Assert.Equal([3], Ids(model, "aa"));
        Assert.Equal(3, model.IdOf("aa"));
        Assert.Equal("aa", model.TokenOf(2));
        Assert.Equal(4, model.VocabularySize);
        Assert.Null(model.TokenOf(4));
    }

    [Fact]
    public void Unknowns_become_bytes_when_all_of_them_are_pieces()
    {
        // 가 is EA B0 80.
        (string, double)[] bytes = [("a", -1), ("<0xEA>", -5), ("<0xB0>", -5), ("<0x80>", -5)];
        var model = Model(byteFallback: true, bytes);
        var tokens = Tokenize(model, "a가");
        Assert.Equal([new ModelToken(1, 0, 1), new(2, 1, 2), new(3, 1, 2), new(4, 1, 2)], tokens);
        Assert.Equal([1, 0], Ids(Model(byteFallback: true, bytes[..3]), "a가"));
        Assert.Equal([1, 0], Ids(Model(bytes), "a가"));
    }

    [Fact]
    public void Fused_unknowns_that_are_a_piece_are_that_piece()
    {
        // The premise: an unknown scores 30 - 10, so two of them beat the piece.
        var model = new UnigramModel("m.json", [("<unk>", 30), ("xy", 30)], 0, false);
        Assert.Equal([1], Ids(model, "xy"));
        Assert.Equal([0], Ids(model, "xyx"));
    }

    [Fact]
    public void Without_an_unknown_token_only_texts_that_need_it_are_refused()
    {
        var model = new UnigramModel("m.json", [("a", -1)], null, byteFallback: false);
        Assert.Equal([0, 0], Ids(model, "aa"));
        var error = Assert.Throws<ModelFormatException>(() => Ids(model, "ab"));
        Assert.StartsWith(
            "m.json: model.unk_id: missing, and the text holds \"b\"",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_piece_without_bounds_is_refused()
    {
        var error = Assert.Throws<ModelFormatException>(() => Model((new string('a', 2000), -1)));
        Assert.Equal("m.json: piece 1: 2,000 characters, expected at most 1,024", error.Message);
    }

    [Fact]
    public void A_long_text_and_a_remembered_one_are_cut_alike()
    {
        var model = Model(("가", -1), ("가가", -1.5));
        var (text, tokens) = (new string('가', 20_001), new List<ModelToken>());
        model.Tokenize(text, tokens);
        Assert.Equal(10_001, tokens.Count);
        Assert.Equal(Tokenize(model, "가가가"), Tokenize(model, "가가가"));
    }

    [Fact]
    public void Many_threads_share_a_model()
    {
        var model = Model(("a", -1), ("b", -1), ("ab", -1));
        Parallel.For(
            0,
            20_000,
            i =>
            {
                var text = Convert.ToString(i, 2).Replace('0', 'a').Replace('1', 'b');
                Assert.Equal(text, Cut(model, text).Replace(" ", "", StringComparison.Ordinal));
            }
        );
    }

    private static UnigramModel Model(params (string, double)[] pieces) => Model(false, pieces);

    private static UnigramModel Model(bool byteFallback, params (string, double)[] pieces) =>
        new("m.json", [("<unk>", 0), .. pieces], unknownId: 0, byteFallback);

    private static List<ModelToken> Tokenize(UnigramModel model, string text)
    {
        var tokens = new List<ModelToken>();
        model.Tokenize(text, tokens);
        return tokens;
    }

    private static int[] Ids(UnigramModel model, string text) =>
        [.. Tokenize(model, text).Select(token => token.Id)];

    private static string Cut(UnigramModel model, string text) =>
        string.Join(' ', Tokenize(model, text).Select(token => text[token.Start..token.End]));
}
