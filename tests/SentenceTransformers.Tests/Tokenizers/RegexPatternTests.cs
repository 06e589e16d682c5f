using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Regular expressions of tokenizer.json; what they find is what the Rust crate's engine, Oniguruma, found.</summary>
public class RegexPatternTests
{
    // The words of GPT-4 and of what followed it: Llama 3, Qwen.
    private const string Gpt4 =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    // The first half of GPT-4o's.
    private const string Cased =
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+";

    [Theory]
    [InlineData(
        Gpt4,
        "It'S 12345 원, 좋아요!!\n\n  끝 ",
        "It│'S│ │123│45│ 원│,│ 좋아요│!!\n\n│ │ 끝│ "
    )]
    [InlineData(Cased, "HTTPServer 한글Abc ǅx e\u0301!", "HTTPServer│ 한글Abc│ ǅx│ e\u0301│!")]
    [InlineData(@" ?[^(\s|[.,!?…。，、।۔،])]+", "가나, (a|b) 다…", "가나│, (│a│|│b│)│ 다│…")] // BLOOM's
    [InlineData(@"\w+", "a² 가_½\u200D9", "a²│ │가_½│\u200D│9")]
    [InlineData(@"[\w]+", "a² 가_½\u200D9", "a│² │가_│½\u200D│9")] // another \w than the one outside brackets
    [InlineData("(?i:[a-z]+|'s)", "aſK'Sß", "aſK│'S│ß")]
    [InlineData(".+", "a\r\nb", "a\r│\n│b")]
    [InlineData("^a|b$", "ab\nab\nb", "a│b│\n│a│b│\n│b")] // of each line
    [InlineData(@"\Aa|b\Z", "aab\nb\n", "a│ab\n│b│\n")]
    [InlineData(@"\bㄱ?a", "a aㄱa b", "a│ │a│ㄱa b")]
    [InlineData("(?<=[a-z])(?=[A-Z])", "helloWorldFooB", "hello│World│Foo│B")]
    [InlineData(@"(?<!a)b|\d(?=\D)", "abb12c", "ab│b│1│2│c")]
    [InlineData(@"a++b|\s?+ ", "aab  x ", "aab│  │x ")] // ++ never gives back what it took
    [InlineData("(?:ab|가){2,}?", "abab가가ab", "abab│가가│ab")]
    [InlineData(@"[가-힣]+|[\x{4E00}-\u9FFF]", "가나漢字a", "가나│漢│字│a")]
    [InlineData("a{,2}b", "aaab", "a│aab")]
    [InlineData(@"\p{Sc}\d+|\P{Ll}", "₩100aB٣", "₩100│a│B│٣")]
    [InlineData(@"\p{Lo}", "𠀀a😀", "𠀀│a😀")] // beyond U+FFFF
    public void A_pattern_cuts_where_the_reference_cuts(
        string expression,
        string text,
        string pieces
    ) => Assert.Equal(pieces, string.Join('│', Cut(expression, text)));

    [Theory]
    [InlineData("a{2}?", "{2}?")] // not a lazy one here
    [InlineData("a{2}+", "{2}+")]
    [InlineData("(?:a*)*", "*")]
    [InlineData("(?i)a", "(?i)a")]
    [InlineData("(?i:ss)", "ss)")] // is ß, too
    [InlineData("(?i:é)", "é)")]
    [InlineData(@"(a)\1", @"\1")]
    [InlineData("(?<n>a)", "(?<n>a)")]
    [InlineData("(?<=a+)b", "+)b")]
    [InlineData("[a&&[b]]", "&&[b]]")]
    [InlineData("[[:alpha:]]", "[:alpha:")]
    [InlineData("[]a]", "[]a]")]
    [InlineData("[b-a]", "b-a]")]
    [InlineData(@"\p{Han}", @"\p{Han}")]
    [InlineData(@"\h", @"\h")]
    [InlineData("a{200000}", "200000}")]
    public void What_is_not_supported_is_refused_by_name(string expression, string part)
    {
        var error = Assert.Throws<ModelFormatException>(() => Cut(expression, "a"));
        Assert.Contains("pre_tokenizer.pattern.Regex", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{part}", error.Message, StringComparison.Ordinal);
        Assert.Contains("is not supported", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData(@"\")]
    [InlineData(@"\p")]
    [InlineData(@"\x{110000}")]
    [InlineData("a*")] // matches the empty text
    [InlineData("a|")]
    public void What_is_no_expression_or_finds_nothing_everywhere_is_refused(string expression) =>
        Assert.Throws<ModelFormatException>(() => Cut(expression, "a"));

    [Fact]
    public void Groups_within_groups_without_end_are_refused()
    {
        const int depth = 900;
        var nested = $"{new string('(', depth)}a{new string(')', depth)}";
        var error = Assert.Throws<ModelFormatException>(() => Cut(nested, "a"));
        Assert.Contains("groups within groups", error.Message, StringComparison.Ordinal);
        Assert.Throws<ModelFormatException>(() => Cut(new string('[', depth), "a"));
    }

    [Fact]
    public void An_expression_that_takes_time_without_measure_is_given_up()
    {
        const string exploding = "(?:a|ab?)+c";
        Assert.Equal(["aabc"], Cut(exploding, "aabc"));
        Assert.Throws<ArgumentException>(() => Cut(exploding, $"{new string('a', 100)}xc"));
    }

    private static string[] Cut(string expression, string text)
    {
        using var folder = new TokenizerFolder().Write(
            "tokenizer.json",
            $$$"""
            {
              "version": "1.0", "added_tokens": [], "normalizer": null, "post_processor": null, "decoder": null,
              "pre_tokenizer": {
                "type": "Split", "pattern": {"Regex": {{{JsonSerializer.Serialize(
                expression
            )}}}}, "behavior": "Isolated",
                "invert": false
              },
              "model": {"type": "WordLevel", "vocab": {"?": 0}, "unk_token": "?"}
            }
            """
        );
        return
        [
            .. Tokenizer
                .Load(folder.Path)
                .Encode(text)
                .Offsets.Select(offset => text[offset.Start..offset.End]),
        ];
    }
}
