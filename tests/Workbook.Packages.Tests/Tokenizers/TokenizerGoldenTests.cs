using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Workbook.Packages.Tests;

/// <summary>Where Microsoft.ML.Tokenizers and the reference agree, and that each difference has a cause that is known.</summary>
public class TokenizerGoldenTests
{
    [Theory]
    [InlineData("models/bert-tiny")]
    [InlineData("kr-sbert-tokenizer")]
    public void Bert_differs_only_on_symbols_controls_underscores_and_what_is_not_composed(
        string name
    ) => AssertSame(name, text => text.EnumerateRunes().Any(IsMisread) || !text.IsNormalized());

    [Fact]
    public void Byte_pairs_differ_only_on_the_space_before_a_mask() =>
        AssertSame(
            "models/roberta-tiny",
            text => text.Contains("<mask>", StringComparison.Ordinal)
        );

    [Fact]
    public void Pieces_differ_only_on_neighbouring_unknowns_blanks_jamo_and_special_tokens_in_a_text()
    {
        const int unknown = 3;
        AssertSame(
            "models/xlmr-tiny",
            text =>
                string.IsNullOrWhiteSpace(text)
                || text.Contains("</s>", StringComparison.Ordinal)
                || text.Any(letter => letter is >= '\u1100' and <= '\u11FF'), // which the charsmap composes
            ids => [.. ids.Where((id, i) => id != unknown || i == 0 || ids[i - 1] != unknown)]
        );
    }

    // What the package's pre-tokenizer reads is word characters and punctuation, of the basic plane.
    private static bool IsMisread(Rune rune) =>
        rune.Value is '_' or > 0xFFFF
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.OtherNumber
                or UnicodeCategory.LetterNumber
                or UnicodeCategory.CurrencySymbol
                or UnicodeCategory.MathSymbol
                or UnicodeCategory.ModifierSymbol
                or UnicodeCategory.OtherSymbol
                or UnicodeCategory.SpacingCombiningMark;

    private static void AssertSame(
        string name,
        Func<string, bool> mayDiffer,
        Func<int[], int[]>? fused = null
    )
    {
        var folder = Goldens.Shared(name);
        var tokenizer = MicrosoftTokenizer.Load(folder);
        var cases = Goldens
            .Json(Path.Combine(folder, "tokenizer_golden.json"))
            .GetProperty("texts")
            .EnumerateArray()
            .Select(one => (Text: one.GetProperty("text").GetString()!, Ids: Ids(one)))
            .Where(one => !mayDiffer(one.Text))
            .ToArray();
        Assert.InRange(cases.Length, 40, int.MaxValue); // the premise: most are compared
        foreach (var (text, ids) in cases)
        {
            var found = tokenizer.Encode(text).Ids;
            Assert.Equal(ids, fused is null ? found : fused(found));
        }
    }

    private static int[] Ids(JsonElement one) =>
        [.. one.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
}
