using System.Text;
using Google.Protobuf;

namespace SentenceTransformers;

/// <summary>A trained SentencePiece model, as <c>sentencepiece.bpe.model</c> and <c>spiece.model</c> hold it.</summary>
/// <remarks>
/// The message <c>ModelProto</c> of sentencepiece_model.proto, in protobuf's wire format; the field numbers below are that
/// file's, and so are the defaults. What encoding does not need is passed over.
/// </remarks>
internal sealed class SentencePieceModelFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly List<SentencePiece> pieces = [];

    private SentencePieceModelFile(string path) => Path = path;

    /// <summary>The file, for error messages.</summary>
    public string Path { get; }

    /// <summary>The pieces by their id.</summary>
    public IReadOnlyList<SentencePiece> Pieces => pieces;

    /// <summary>How it was trained, and so how it encodes.</summary>
    public SentencePieceAlgorithm Algorithm { get; private set; } = SentencePieceAlgorithm.Unigram;

    /// <summary>The id of what no piece spells.</summary>
    public int UnknownId { get; private set; }

    /// <summary>The spelling of the unknown piece.</summary>
    public string UnknownPiece { get; private set; } = "<unk>";

    /// <summary>Whether the white-space mark ends words instead of beginning them.</summary>
    public bool WhitespaceAsSuffix { get; private set; }

    /// <summary>The compiled normalization; empty for none.</summary>
    public ReadOnlyMemory<byte> Charsmap { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="ModelFormatException">The file is no SentencePiece model.</exception>
    public static SentencePieceModelFile Read(string path)
    {
        var file = new SentencePieceModelFile(path);
        try
        {
            file.ReadModel(new CodedInputStream(BoundedFile.Read(path, "a SentencePiece model")));
        }
        catch (InvalidProtocolBufferException error)
        {
            throw file.Invalid(
                $"piece {file.pieces.Count:N0} or what follows it",
                "cut short, or no SentencePiece model",
                error
            );
        }
        if (file.pieces.Count == 0)
            throw file.Invalid("pieces", "none, expected at least one");
        if (file.UnknownId < 0 || file.UnknownId >= file.pieces.Count)
            throw file.Invalid(
                "trainer_spec.unk_id",
                $"{file.UnknownId} is not between 0 and {file.pieces.Count - 1}, the ids of the pieces"
            );
        return file;
    }

    /// <summary>The error for a field whose value cannot be used.</summary>
    public ModelFormatException Invalid(
        string field,
        string problem,
        Exception? innerException = null
    ) => new(Path, $"{field}: {problem}", innerException);

    private void ReadModel(CodedInputStream input)
    {
        while (input.ReadTag() is var tag and not 0)
            switch (tag)
            {
                case (1 << 3) | Wire.Bytes:
                    if (pieces.Count == Vocabulary.MaximumSize)
                        throw Invalid("pieces", $"more than {Vocabulary.MaximumSize:N0}");
                    pieces.Add(ReadPiece(input.ReadBytes().CreateCodedInput()));
                    break;
                case (2 << 3) | Wire.Bytes:
                    ReadTrainerSpec(input.ReadBytes().CreateCodedInput());
                    break;
                case (3 << 3) | Wire.Bytes:
                    ReadNormalizerSpec(input.ReadBytes().CreateCodedInput());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
    }

    private SentencePiece ReadPiece(CodedInputStream input)
    {
        var field = $"pieces[{pieces.Count}]";
        var (text, score, kind) = ("", 0f, SentencePieceKind.Normal);
        while (input.ReadTag() is var tag and not 0)
            switch (tag)
            {
                case (1 << 3) | Wire.Bytes:
                    text = ReadText(input, $"{field}.piece");
                    break;
                case (2 << 3) | Wire.Float:
                    score = input.ReadFloat();
                    break;
                case (3 << 3) | Wire.Number:
                    kind = (SentencePieceKind)input.ReadInt32();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        if (!float.IsFinite(score))
            throw Invalid($"{field}.score", $"{score} of \"{text}\" is not a finite number");
        return new SentencePiece(text, score, kind);
    }

    private void ReadTrainerSpec(CodedInputStream input)
    {
        while (input.ReadTag() is var tag and not 0)
            switch (tag)
            {
                case (3 << 3) | Wire.Number:
                    Algorithm = (SentencePieceAlgorithm)input.ReadInt32();
                    break;
                case (24 << 3) | Wire.Number:
                    WhitespaceAsSuffix = input.ReadBool();
                    break;
                case (40 << 3) | Wire.Number:
                    UnknownId = input.ReadInt32();
                    break;
                case (45 << 3) | Wire.Bytes:
                    UnknownPiece = ReadText(input, "trainer_spec.unk_piece");
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
    }

    private void ReadNormalizerSpec(CodedInputStream input)
    {
        while (input.ReadTag() is var tag and not 0)
            if (tag == ((2 << 3) | Wire.Bytes))
                Charsmap = input.ReadBytes().Memory;
            else
                input.SkipLastField();
    }

    private string ReadText(CodedInputStream input, string field)
    {
        try
        {
            return StrictUtf8.GetString(input.ReadBytes().Span);
        }
        catch (DecoderFallbackException error)
        {
            throw Invalid(field, "not valid UTF-8", error);
        }
    }

    // How protobuf writes a value: the low three bits of a field's tag.
    private static class Wire
    {
        public const uint Number = (uint)WireFormat.WireType.Varint;
        public const uint Bytes = (uint)WireFormat.WireType.LengthDelimited;
        public const uint Float = (uint)WireFormat.WireType.Fixed32;
    }
}
