using System.Text;
using Google.Protobuf;

namespace Workbook.Packages.Tests;

/// <summary>XLM-R's ids are SentencePiece's and one: fairseq put a token more in front.</summary>
public sealed class SentencePieceIdsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SentencePieceIdsTests()
    {
        folder.Write("sentencepiece.bpe.model", Model("▁", "▁나는", "학생", "나"));
        folder.Write("tokenizer_config.json", """{"tokenizer_class": "XLMRobertaTokenizer"}""");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("나는 학생")]
    [InlineData("학생나")]
    [InlineData("나는 ★ 학생")]
    [InlineData("")]
    public void They_are_the_reference_s(string text)
    {
        var theirs = MicrosoftTokenizer.Load(folder.Path);
        var ours = SentenceTransformers.Tokenizer.Load(folder.Path);
        Assert.Equal(ours.Encode(text).Ids, theirs.Encode(text).Ids);
    }

    [Fact]
    public void A_piece_is_one_higher_and_the_unknown_is_3()
    {
        var theirs = MicrosoftTokenizer.Load(folder.Path);
        // Of the file: <unk> 0, <s> 1, </s> 2, ▁ 3, ▁나는 4, 학생 5.
        Assert.Equal([0, 5, 4, 6, 2], theirs.Encode("나는 학생").Ids);
        Assert.Equal([0, 4, 3, 2], theirs.Encode("★").Ids);
        Assert.Equal("나는 학생", theirs.Decode([0, 5, 4, 6, 2]));
        Assert.Equal(
            "나는 학생",
            theirs.Decode([0, 5, 4, 6, 2, 1, 8, 99, -1], skipSpecialTokens: false)
        );
    }

    [Fact]
    public void Unknown_neighbours_stay_apart_where_the_reference_has_one()
    {
        var ours = SentenceTransformers.Tokenizer.Load(folder.Path);
        Assert.Equal([0, 4, 3, 2], ours.Encode("★★★").Ids);
        Assert.Equal([0, 4, 3, 3, 3, 2], MicrosoftTokenizer.Load(folder.Path).Encode("★★★").Ids);
    }

    // sentencepiece_model.proto: pieces are field 1, the trainer's settings 2, the normalizer's 3.
    private static byte[] Model(params string[] pieces) =>
        Message(model =>
        {
            Write(model, 1, Piece("<unk>", 0, kind: 2));
            Write(model, 1, Piece("<s>", 0, kind: 3));
            Write(model, 1, Piece("</s>", 0, kind: 3));
            foreach (var (i, piece) in pieces.Index())
                Write(model, 1, Piece(piece, -3 - i, kind: 1));
            Write(model, 2, Message(trainer => Write(trainer, 3, 1))); // Unigram
            Write(model, 3, Message(normalizer => Write(normalizer, 1, "identity"u8.ToArray())));
        });

    private static byte[] Piece(string text, float score, int kind) =>
        Message(piece =>
        {
            Write(piece, 1, Encoding.UTF8.GetBytes(text));
            piece.WriteTag(2, WireFormat.WireType.Fixed32);
            piece.WriteFloat(score);
            Write(piece, 3, kind);
        });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return stream.ToArray();
    }

    private static void Write(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    private static void Write(CodedOutputStream output, int field, int number)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt32(number);
    }
}
