using System.Text;

namespace SentenceTransformers.Tests;

/// <summary>What a learner is warned of: text that looks right and is read otherwise.</summary>
public sealed class TokenizerDiagnoseTests
{
    private static readonly Tokenizer Tokenizer = Load();

    [Theory]
    [InlineData("")]
    [InlineData("오늘 날씨가 좋아요")]
    [InlineData("café [sep] <s>")] // composed, and no special tokens of this vocabulary
    public void Of_most_texts_there_is_nothing_to_say(string text) =>
        Assert.Empty(Tokenizer.Diagnose(text, unknownShare: 1));

    [Fact]
    public void Hangul_in_pieces_is_named_with_its_place()
    {
        var text = "날씨가 " + "좋아요".Normalize(NormalizationForm.FormD) + " 오늘";
        Assert.Equal(4 + 7 + 3, text.Length); // ㅈㅗㅎ ㅇㅏ ㅇㅛ
        var found = Tokenizer.Diagnose(text)[0];
        Assert.Equal((TextDiagnosisKind.NotNfc, 4, 11), (found.Kind, found.Start, found.End));
        Assert.Contains("(at 4)", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_composing_changes_is_named()
    {
        var found = Tokenizer.Diagnose("cafe\u0301s", unknownShare: 2);
        var notNfc = Assert.Single(found);
        Assert.Equal((3, 5), (notNfc.Start, notNfc.End));
    }

    [Fact]
    public void Half_a_surrogate_pair_does_no_harm()
    {
        Assert.DoesNotContain(
            Tokenizer.Diagnose("오늘 \uD83D 날씨"),
            found => found.Kind == TextDiagnosisKind.NotNfc
        );
        Assert.Equal(TextDiagnosisKind.NotNfc, Tokenizer.Diagnose("\uDE00 e\u0301")[0].Kind);
    }

    [Fact]
    public void A_message_stays_one_line_however_long_the_unknown_word_is()
    {
        var word = new string('a', 1_000_000);
        var found = Assert.Single(Tokenizer.Diagnose(word));
        Assert.Equal(
            (TextDiagnosisKind.UnknownTokens, 0, word.Length),
            (found.Kind, found.Start, found.End)
        );
        Assert.InRange(found.Message.Length, 40, 200);
    }

    [Fact]
    public void Unknown_tokens_count_from_their_share_on()
    {
        const string text = "😀 오늘 날씨 좋아요";
        var encoding = Tokenizer.Encode(text);
        Assert.Equal(["[CLS]", "[UNK]", "오늘", "날씨", "좋아요", "[SEP]"], encoding.Tokens);
        var found = Assert.Single(Tokenizer.Diagnose(text, unknownShare: 0.25));
        Assert.Equal((TextDiagnosisKind.UnknownTokens, 0, 2), (found.Kind, found.Start, found.End));
        Assert.StartsWith(
            "1 of 4 tokens are [UNK] (the first for '😀' at 0)",
            found.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Tokenizer.Diagnose(text, unknownShare: 0.26));
        Assert.Equal(Tokenizer.TokenToId("[UNK]"), Tokenizer.UnknownTokenId);
    }

    [Fact]
    public void Special_tokens_typed_in_a_text_are_named_one_by_one()
    {
        const string text = "오늘 [SEP] 날씨 [MASK]";
        Assert.Equal(
            [("[SEP]", 3, 8), ("[MASK]", 12, 18)],
            Tokenizer
                .Diagnose(text)
                .Select(found =>
                {
                    Assert.Equal(TextDiagnosisKind.SpecialToken, found.Kind);
                    return (text[found.Start..found.End], found.Start, found.End);
                })
        );
    }

    [Fact]
    public void A_typed_unknown_token_is_a_special_token_and_no_unknown_one()
    {
        var found = Assert.Single(Tokenizer.Diagnose("오늘 [UNK]", unknownShare: 0.01));
        Assert.Equal((TextDiagnosisKind.SpecialToken, 3, 8), (found.Kind, found.Start, found.End));
    }

    private static Tokenizer Load()
    {
        using var model = SentenceTransformer.Load("ko-mini");
        return model.Tokenizer;
    }
}
