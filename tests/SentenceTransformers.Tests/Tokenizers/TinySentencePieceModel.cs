using Google.Protobuf;

namespace SentenceTransformers.Tests;

/// <summary>Writes a SentencePiece model, field by field of sentencepiece_model.proto.</summary>
internal static class TinySentencePieceModel
{
    public static byte[] Build(
        IEnumerable<(string Text, float Score, SentencePieceKind Kind)> pieces,
        SentencePieceAlgorithm algorithm = SentencePieceAlgorithm.Unigram,
        int unknownId = 0,
        byte[]? charsmap = null
    ) =>
        Message(output =>
        {
            foreach (var (text, score, kind) in pieces)
                Write(
                    output,
                    1,
                    Message(piece =>
                    {
                        Write(piece, 1, System.Text.Encoding.UTF8.GetBytes(text));
                        piece.WriteTag(2, WireFormat.WireType.Fixed32);
                        piece.WriteFloat(score);
                        Write(piece, 3, (int)kind);
                    })
                );
            Write(
                output,
                2,
                Message(trainer =>
                {
                    Write(trainer, 3, (int)algorithm);
                    Write(trainer, 4, 8000); // vocab_size, which encoding does not need
                    Write(trainer, 40, unknownId);
                })
            );
            Write(
                output,
                3,
                Message(normalizer =>
                {
                    Write(normalizer, 1, "nmt_nfkc"u8.ToArray());
                    Write(normalizer, 2, charsmap ?? []);
                })
            );
        });

    public static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
            write(output);
        return stream.ToArray();
    }

    public static void Write(CodedOutputStream output, int field, byte[] bytes)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(bytes));
    }

    public static void Write(CodedOutputStream output, int field, int value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt32(value);
    }
}
