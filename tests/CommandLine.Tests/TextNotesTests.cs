using System.Text;

namespace Workbook.CommandLine.Tests;

/// <summary>Notes on texts that are read otherwise than they look: on standard error, each kind once, with the line.</summary>
public sealed class TextNotesTests
{
    private static readonly string Texts =
        "오늘 날씨\n"
        + "좋아요".Normalize(NormalizationForm.FormD)
        + "\n오늘 [SEP] 날씨 [SEP]\n[MASK]\n😀\n";

    [Theory]
    [InlineData("tokenize")]
    [InlineData("encode")]
    [InlineData("similarity")]
    public void Each_kind_is_noted_once_with_its_first_line(string command)
    {
        var result = Shell.Run($"{command} --model ko-mini", Texts);
        Assert.Equal(0, result.Code);
        Assert.Equal(5, result.Lines.Length);
        Assert.DoesNotContain("note:", result.Output, StringComparison.Ordinal);
        var notes = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Single(
            notes,
            note =>
                note.StartsWith("note: line 2: not in Unicode form NFC", StringComparison.Ordinal)
        );
        Assert.Single(
            notes,
            note =>
                note.StartsWith("note: line 3: '[SEP]' (at 3) is read as", StringComparison.Ordinal)
        );
        Assert.Single(notes, note => note.Contains("tokens are [UNK]", StringComparison.Ordinal));
        Assert.Equal(3, notes.Length);
    }

    [Fact]
    public void Both_texts_of_a_pair_are_looked_at() =>
        Assert.Contains(
            "note: line 1: '[SEP]' (at 0)",
            Shell.Run("tokenize --model ko-mini --pair", "오늘\t[SEP]\n").Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void Nothing_is_said_of_texts_that_are_what_they_look_like() =>
        Assert.Empty(Shell.Run("encode --model ko-mini", "오늘 날씨가 좋아요\n").Error);
}
