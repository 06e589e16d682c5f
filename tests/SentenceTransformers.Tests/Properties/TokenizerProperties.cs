using System.Globalization;
using System.Text;
using FsCheck.Fluent;

namespace SentenceTransformers.Tests;

/// <summary>What holds for the tokens of any text.</summary>
public sealed class TokenizerProperties
{
    private static readonly Tokenizer Tokenizer = Load();

    [Fact]
    public void Truncation_never_exceeds_its_limit_and_keeps_the_beginning() =>
        Arbitrary
            .Text.SelectMany(text => Gen.Choose(2, 20).Select(limit => (text, limit)))
            .Check(given =>
            {
                var whole = Tokenizer.Encode(given.text).Ids;
                var cut = Tokenizer.Encode(given.text, maxLength: given.limit).Ids;
                Assert.Equal(Math.Min(whole.Length, given.limit), cut.Length);
                Assert.Equal(whole[..(cut.Length - 1)], cut[..^1]);
                Assert.Equal(whole[^1], cut[^1]); // [SEP]
            });

    [Fact]
    public void A_pair_never_exceeds_its_limit_either() =>
        Arbitrary
            .Text.SelectMany(a =>
                Arbitrary.Text.SelectMany(b => Gen.Choose(3, 24).Select(limit => (a, b, limit)))
            )
            .Check(given =>
            {
                var whole = Tokenizer.Encode(given.a, given.b).Length;
                var cut = Tokenizer.Encode(given.a, given.b, given.limit).Length;
                Assert.Equal(Math.Min(whole, given.limit), cut);
            });

    [Fact]
    public void Offsets_cut_the_text_where_they_claim() =>
        Arbitrary.Text.Check(text =>
        {
            var encoding = Tokenizer.Encode(text);
            var position = 0;
            for (var i = 1; i < encoding.Length - 1; i++) // [CLS] and [SEP] aside
            {
                var (start, end) = encoding.Offsets[i];
                Assert.InRange(start, position, text.Length);
                Assert.InRange(end, start + 1, text.Length);
                position = end;
                if (encoding.Ids[i] != Tokenizer.UnknownTokenId)
                    Assert.Equal(Spelling(encoding.Tokens[i]), Clean(text[start..end]));
            }
        });

    [Fact]
    public void What_is_diagnosed_lies_in_the_text() =>
        Arbitrary.Text.Check(text =>
        {
            foreach (var found in Tokenizer.Diagnose(text, unknownShare: 0))
            {
                Assert.InRange(found.Start, 0, text.Length - 1);
                Assert.InRange(found.End, found.Start + 1, text.Length);
            }
        });

    private static string Spelling(string token) =>
        token.Length > 2 && token.StartsWith("##", StringComparison.Ordinal) ? token[2..] : token;

    /// <summary>What BERT's cleaning leaves of a text: no control characters, and no halves of pairs.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (
                rune != Rune.ReplacementChar
                && Rune.GetUnicodeCategory(rune)
                    is not (UnicodeCategory.Control or UnicodeCategory.Format)
            )
                clean.Append(rune);
        return clean.ToString();
    }

    private static Tokenizer Load()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        return model.Tokenizer;
    }
}
