using System.Globalization;

namespace SentenceTransformers.Tests;

public class BertNormalizerTests
{
    private static readonly BertNormalizer Cased = new(true, true, null, lowercase: false);
    private static readonly BertNormalizer Lower = new(true, true, null, lowercase: true);

    [Theory]
    [InlineData("Café", "cafe")]
    [InlineData("한국", "\u1112\u1161\u11AB\u1100\u116E\u11A8")]
    [InlineData("ΣΑΣ", "σασ")] // each letter by itself: no final sigma
    [InlineData("İ", "i")]
    [InlineData("≠", "=")]
    [InlineData("a中b", "a 中 b")]
    [InlineData("\u9F9C\uF900", " \u9F9C  \u8C48 ")]
    [InlineData("a\u00A0\u3000\tb", "a   b")]
    [InlineData("a\u200B\u0000\uFFFD\uD800b", "ab")]
    public void Text_is_cleaned_lower_cased_and_stripped(string text, string expected) =>
        Assert.Equal(expected, Lower.Normalize(text));

    [Fact]
    public void Cased_text_keeps_its_case_accents_and_syllables()
    {
        Assert.Equal("Café 한국 É", Cased.Normalize("Café 한국 É"));
    }

    [Fact]
    public void Each_option_does_its_own_work_only()
    {
        const string text = "É\t中";
        Assert.Equal("É\t中", new BertNormalizer(false, false, false, false).Normalize(text));
        Assert.Equal("É 中", new BertNormalizer(true, false, false, false).Normalize(text));
        Assert.Equal("É\t 中 ", new BertNormalizer(false, true, false, false).Normalize(text));
        Assert.Equal("E\t中", new BertNormalizer(false, false, true, false).Normalize(text));
        Assert.Equal("é\t中", new BertNormalizer(false, false, false, true).Normalize(text));
    }

    [Fact]
    public void Marks_that_stay_are_put_in_canonical_order_and_take_sources_by_position()
    {
        // U+1D165 and U+1D16D (classes 216 and 226) are combining but not non-spacing.
        var normalized = new NormalizedText();
        Lower.Normalize("a\U0001D16D\U0001D165", 0, normalized);
        Assert.Equal("a\U0001D165\U0001D16D", normalized.Characters.ToString());
        Assert.Equal([0, 1, 1, 3, 3], normalized.Starts.ToArray());
        Assert.Equal([1, 3, 3, 5, 5], normalized.Ends.ToArray());
    }

    [Fact]
    public void Every_code_point_is_treated_as_the_reference_treats_it()
    {
        var expected = Enumerable.Repeat("word", 0x110000).ToArray();
        foreach (
            var fields in File.ReadLines(Goldens.Shared("../facts/bert-character-classes.tsv"))
                .Where(line => line[0] != '#')
                .Select(line => line.Split('\t'))
        )
            for (
                var c = int.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                c <= int.Parse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                c++
            )
                expected[c] = fields[2];

        for (var c = 0; c < expected.Length; c++)
            if (!(c is >= 0xD800 and < 0xE000))
                Assert.True(expected[c] == Treatment(char.ConvertFromUtf32(c)), $"U+{c:X4}");
    }

    private static string Treatment(string character)
    {
        var text = Cased.Normalize($"a{character}b");
        var words = new List<string>();
        for (var end = 0; BertPreTokenizer.NextWord(text, out var start, ref end); )
            words.Add(text[start..end]);
        return words switch
        {
            ["ab"] => "drop",
            ["a", "b"] => "space",
            ["a", _, "b"] => text.Length > character.Length + 2 ? "cjk" : "punct",
            _ => "word",
        };
    }
}
