namespace SentenceTransformers.Tests;

public class PrecompiledNormalizerTests
{
    private static readonly byte[] Tiny = TinyCharsmap.Build(
        ("①", "1"),
        ("™", "TM"),
        ("\u001E", ""),
        ("e", "é"),
        ("e\u0301", "É"),
        ("ﷺ", "다섯 글자"),
        ("\u3000", " "),
        ("👍", "")
    );

    // What Rust tokenizers 0.22.2 answers for the same replacements: text, and for each UTF-16 unit its source's start and end.
    [Theory]
    [InlineData("가나", "가나", "0-1 1-2")]
    [InlineData("①②", "1②", "0-1 1-2")]
    [InlineData("™\u001Eg", "TMg", "0-1 1-2 2-3")]
    [InlineData("a\u001E\u001Eb", "ab", "0-1 3-4")]
    [InlineData("\u001Eab", "ab", "0-1 1-2")] // what vanishes in front is forgotten: sources are off by one, as there
    [InlineData("xe\u0301y", "xéy", "0-1 1-2 3-4")] // the shortest match wins, and replaces the whole cluster
    [InlineData("e\u0301\u0302\u0303", "é\u0301\u0302\u0303", "0-1 1-2 2-3 3-4")] // 7 bytes: one by one
    [InlineData("aﷺ\u3000b", "a다섯 글자 b", "0-1 1-2 1-2 1-2 1-2 1-2 2-3 3-4")]
    [InlineData("a👍b", "ab", "0-1 3-4")]
    [InlineData("", "", "")]
    public void A_text_is_replaced_and_keeps_its_sources_as_in_the_reference(
        string text,
        string expected,
        string sources
    )
    {
        var normalized = Normalizer(Tiny).Normalize(SourcedText.From(text, 0));
        Assert.Equal(expected, normalized.Text);
        Assert.Equal(
            sources,
            string.Join(
                ' ',
                Enumerable
                    .Range(0, normalized.Length)
                    .Select(i => $"{normalized.Start(i)}-{normalized.End(i)}")
            )
        );
    }

    [Fact]
    public void A_zero_character_is_never_replaced()
    {
        var charsmap = TinyCharsmap.Build(("a", "b"));
        Assert.Equal("\0b", Normalizer(charsmap).Normalize(SourcedText.From("\0a", 0)).Text);
    }

    [Fact]
    public void The_last_replacement_needs_no_zero_byte()
    {
        var charsmap = TinyCharsmap.Build(("a", "나"))[..^1];
        Assert.Equal("나", Normalizer(charsmap).Normalize(SourcedText.From("a", 0)).Text);
    }

    public static TheoryData<string, byte[], string> Hostile
    {
        get
        {
            var outside = TinyCharsmap.Bytes([1u << 20, .. new uint[255]], []);
            // The root has its value in unit 1.
            byte[] WithValue(uint value, byte[] blob) =>
                TinyCharsmap.Bytes(
                    [(1 << 10) | (1 << 8), (1u << 31) | value, .. new uint[254]],
                    [.. blob]
                );
            var invalid = TinyCharsmap.Bytes([.. new uint[256]], [0xFF, 0]);
            return new()
            {
                { "empty", [], "the trie has 0 bytes, expected 4 to 0" },
                { "no trie", [0, 0, 0, 0, 65, 0], "the trie has 0 bytes, expected 4 to 2" },
                { "cut short", Tiny[..200], "bytes, expected 4 to 196" },
                { "a size of 4 GB", [255, 255, 255, 255, 0], "the trie has 4294967295 bytes" },
                { "outside", outside, "the trie's unit 0 points outside the 256 units" },
                { "a part of a block", [4, 0, 0, 0, 0, 0, 0, 0], "points outside the 1 units" },
                { "value outside", WithValue(9, [65, 0]), "has the value 9" },
                {
                    "value inside a character",
                    WithValue(1, [.. "가"u8, 0]),
                    "has the value 1, no character of the 4 bytes"
                },
                { "not UTF-8", invalid, "not valid UTF-8" },
                { "endless", TinyCharsmap.Build(("a", new string('x', 2000))), "has 2000 bytes" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_charsmap_is_refused(string what, byte[] charsmap, string message)
    {
        var error = Assert.Throws<ModelFormatException>(() => Normalizer(charsmap));
        Assert.True(
            error.Message.StartsWith("m: charsmap: ", StringComparison.Ordinal)
                && error.Message.Contains(message, StringComparison.Ordinal),
            $"{what}: {error.Message}"
        );
    }

    [Fact]
    public void A_trie_that_goes_in_circles_ends_with_the_text()
    {
        // Every unit's children are its own block, where 'a' is labelled: a, aa, aaa ... without end, and without a value.
        var units = new uint[256];
        units['a'] = ('a' << 10) | 'a';
        var charsmap = TinyCharsmap.Bytes([.. units], []);
        var text = new string('a', 1000);
        Assert.Equal(text, Normalizer(charsmap).Normalize(SourcedText.From(text, 0)).Text);
    }

    private static PrecompiledNormalizer Normalizer(byte[] charsmap) =>
        new(
            PrecompiledCharsmap.Read(
                charsmap,
                problem => new ModelFormatException("m", $"charsmap: {problem}")
            )
        );
}
