namespace Workbook.Tests;

public sealed class LabelTextTests
{
    /// <summary>Not inline data: attributes are stored as UTF-8, which has no lone surrogates.</summary>
    public static TheoryData<string, string> Unclean { get; } =
        new()
        {
            { "a\ud800b", "a\ufffdb" },
            { "\udc00", "\ufffd" },
            { "a\0b\u001bc\u0085d\ufffee", "a\ufffdb\ufffdc\ufffdd\ufffde" },
            { "a\r\nb\tc", "a  b c" },
            { "한글 😀 é", "한글 😀 é" },
        };

    [Theory]
    [MemberData(nameof(Unclean))]
    public void What_XML_cannot_carry_is_replaced_and_the_rest_kept(string text, string clean) =>
        Assert.Equal(clean, LabelText.Clean(text));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("가나다", 6)]
    [InlineData("ｱ", 1)]
    [InlineData("Ａ", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("\u1112\u1161\u11ab", 2)] // 한, spelled in conjoining jamo
    [InlineData("", 0)]
    public void Hangul_takes_two_columns_and_what_combines_takes_none(string text, int columns) =>
        Assert.Equal(columns, LabelText.Columns(text));

    [Fact]
    public void Lines_break_at_spaces() =>
        Assert.Equal(
            ["프로그램을", "배우고", "싶습니다."],
            LabelText.Wrap("프로그램을 배우고 싶습니다.", width: 6, maxLines: 4)
        );

    [Fact]
    public void A_word_longer_than_a_line_is_broken_but_never_within_a_character() =>
        Assert.Equal(
            ["👩‍👩‍👧👩‍👩‍👧", "👩‍👩‍👧"],
            LabelText.Wrap("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", width: 2, maxLines: 4)
        );

    [Fact]
    public void What_exceeds_the_last_line_is_elided() =>
        Assert.Equal(["가나", "다…"], LabelText.Wrap("가나다라마", width: 2, maxLines: 2));

    [Fact]
    public void A_line_too_narrow_for_anything_still_ends() =>
        Assert.Equal(
            ["가", "나"],
            LabelText.Wrap("가나", width: 0, maxLines: 2).Select(line => line[..1])
        );

    [Theory]
    [InlineData("오늘 날씨가", true)]
    [InlineData("오늘 날씨가 좋아요", false)] // a third line
    [InlineData("프로그램을", false)] // a broken word
    public void It_knows_whether_wrapping_would_hide_or_break_anything(string text, bool whole) =>
        Assert.Equal(whole, LabelText.WrapsWhole(text, width: 4, maxLines: 2));

    [Fact]
    public void Right_to_left_text_is_kept_from_reordering_its_neighbours()
    {
        Assert.Equal("\u2068שלום\u2069", LabelText.Isolate("שלום"));
        Assert.Equal("오늘", LabelText.Isolate("오늘"));
    }
}
