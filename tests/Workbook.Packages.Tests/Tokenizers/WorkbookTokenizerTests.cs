using System.Buffers;
using SentenceTransformers;

namespace Workbook.Packages.Tests;

/// <summary>Our tokenizer where one of Microsoft.ML.Tokenizers is asked for.</summary>
public class WorkbookTokenizerTests
{
    private const string Text = "C++와 snake_case 😀";

    private static readonly Tokenizer Ours = Tokenizer.Load(
        Path.Combine(Goldens.Repository, "models", "ko-mini")
    );

    [Fact]
    public void It_gives_the_reference_s_ids_with_and_without_special_tokens()
    {
        var expected = Ours.Encode(Text).Ids;
        Assert.Equal(expected, new WorkbookTokenizer(Ours).EncodeToIds(Text));
        Assert.Equal(expected, new WorkbookTokenizer(Ours).EncodeToIds(Text.AsSpan()));
        var bare = new WorkbookTokenizer(Ours, addSpecialTokens: false);
        Assert.Equal(expected[1..^1], bare.EncodeToIds(Text));
        Assert.Empty(bare.EncodeToIds(""));
    }

    [Fact]
    public void It_says_where_each_token_lies()
    {
        var tokens = new WorkbookTokenizer(Ours).EncodeToTokens(Text, out var normalized);
        var expected = Ours.Encode(Text);
        Assert.Null(normalized); // offsets are into the text as given
        Assert.Equal(expected.Tokens, tokens.Select(token => token.Value));
        Assert.Equal(
            expected.Offsets,
            tokens.Select(token => (token.Offset.Start.Value, token.Offset.End.Value))
        );
    }

    [Fact]
    public void It_counts_and_cuts()
    {
        var tokenizer = new WorkbookTokenizer(Ours);
        var whole = Ours.Encode(Text);
        Assert.Equal(whole.Length, tokenizer.CountTokens(Text));
        var cut = tokenizer.EncodeToIds(Text, 5, out _, out var consumed);
        Assert.Equal(Ours.Encode(Text, maxLength: 5).Ids, cut);
        Assert.Equal(whole.Offsets[3].End, consumed); // [CLS], three pieces, [SEP]
        tokenizer.EncodeToIds(Text, whole.Length, out _, out consumed);
        Assert.Equal(Text.Length, consumed);
        var bare = new WorkbookTokenizer(Ours, addSpecialTokens: false);
        Assert.Equal(whole.Ids[1..4], bare.EncodeToIds(Text, 3, out _, out _));
        Assert.Equal(
            whole.Offsets[3].End,
            bare.GetIndexByTokenCount(Text, 3, out _, out var count)
        );
        Assert.Equal(3, count);
    }

    [Fact]
    public void It_decodes_into_what_is_large_enough()
    {
        var tokenizer = new WorkbookTokenizer(Ours);
        var ids = Ours.Encode("오늘 날씨가 좋아요").Ids;
        Assert.Equal("오늘 날씨가 좋아요", tokenizer.Decode(ids));
        var room = new char[32];
        Assert.Equal(
            OperationStatus.Done,
            tokenizer.Decode(ids, room, out var read, out var written)
        );
        Assert.Equal("오늘 날씨가 좋아요", new string(room, 0, written));
        Assert.Equal(ids.Length, read);
        Assert.Equal(
            OperationStatus.DestinationTooSmall,
            tokenizer.Decode(ids, room.AsSpan(0, 3), out read, out written)
        );
        Assert.Equal((0, 0), (read, written));
    }

    [Fact]
    public void It_does_not_leave_out_what_the_model_needs() =>
        Assert.Throws<NotSupportedException>(() =>
            new WorkbookTokenizer(Ours).EncodeToIds(Text, considerNormalization: false)
        );
}
