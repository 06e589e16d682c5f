using System.Text;

namespace SentenceTransformers;

/// <summary>Reads the <c>decoder</c> section of tokenizer.json.</summary>
internal static class DecoderReader
{
    public static IDecoder Read(JsonFile section) =>
        section.RequiredText("type") switch
        {
            "WordPiece" => new WordPieceDecoder(
                section.RequiredText("prefix"),
                section.RequiredFlag("cleanup")
            ),
            "ByteLevel" => new ByteLevelDecoder(),
            "Metaspace" => new MetaspaceDecoder(
                section.RequiredCharacter("replacement"),
                PreTokenizerReader.ReadPrefix(section) != MetaspacePrefix.Never
            ),
            "BPEDecoder" => new EndOfWordDecoder(section.RequiredText("suffix")),
            "ByteFallback" => new ByteFallbackDecoder(),
            "Fuse" => new FuseDecoder(),
            "Strip" => ReadStrip(section),
            "Replace" => new ReplaceDecoder(
                PatternReader.Read(section),
                section.RequiredShortText("content", PatternReader.MaximumContentLength)
            ),
            "Sequence" => new SequenceDecoder([.. section.Objects("decoders").Select(Read)]),
            var type => throw section.Invalid("type", $"the decoder {type} is not supported"),
        };

    private static StripDecoder ReadStrip(JsonFile section)
    {
        return new StripDecoder(
            Rune.GetRuneAt(section.RequiredCharacter("content"), 0),
            section.RequiredInteger("start", 0, int.MaxValue),
            section.RequiredInteger("stop", 0, int.MaxValue)
        );
    }
}
