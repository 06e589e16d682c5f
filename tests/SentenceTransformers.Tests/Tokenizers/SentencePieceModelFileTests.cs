namespace SentenceTransformers.Tests;

public sealed class SentencePieceModelFileTests : IDisposable
{
    private static readonly (string, float, SentencePieceKind)[] Pieces =
    [
        ("<unk>", 0, SentencePieceKind.Unknown),
        ("<s>", 0, SentencePieceKind.Control),
        ("▁나는", -1.25f, SentencePieceKind.Normal),
        ("★", -2, SentencePieceKind.UserDefined),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_fields_that_encoding_needs_are_read()
    {
        var file = Read(
            TinySentencePieceModel.Build(Pieces, SentencePieceAlgorithm.Bpe, 2, [1, 2, 3])
        );
        Assert.Equal(Pieces, file.Pieces.Select(piece => (piece.Text, piece.Score, piece.Kind)));
        Assert.Equal(SentencePieceAlgorithm.Bpe, file.Algorithm);
        Assert.Equal(2, file.UnknownId);
        Assert.Equal([1, 2, 3], file.Charsmap.ToArray());
        Assert.Equal("<unk>", file.UnknownPiece);
    }

    [Fact]
    public void What_the_file_leaves_out_has_the_formats_defaults()
    {
        var file = Read(
            TinySentencePieceModel.Message(output =>
                TinySentencePieceModel.Write(output, 1, [0x0A, 1, (byte)'a'])
            )
        );
        Assert.Equal([new SentencePiece("a", 0, SentencePieceKind.Normal)], file.Pieces);
        Assert.Equal(SentencePieceAlgorithm.Unigram, file.Algorithm);
        Assert.Equal(0, file.UnknownId);
        Assert.True(file.Charsmap.IsEmpty);
    }

    public static TheoryData<string, byte[], string> Hostile =>
        new()
        {
            { "empty", [], "pieces: none" },
            {
                "cut short",
                TinySentencePieceModel.Build(Pieces)[..^3],
                "piece 4 or what follows it: cut short"
            },
            {
                "cut in a piece",
                TinySentencePieceModel.Build(Pieces)[..9],
                "piece 0 or what follows it: cut"
            },
            {
                "a length of 2 GB",
                [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07],
                "piece 0 or what follows it: cut"
            },
            {
                "JSON",
                "{\"version\": \"1.0\"}"u8.ToArray(),
                "cut short, or no SentencePiece model"
            },
            {
                "a group without end",
                [.. Enumerable.Repeat((byte)0x5B, 100_000)],
                "cut short, or no"
            },
            {
                "NaN",
                TinySentencePieceModel.Build([("a", float.NaN, SentencePieceKind.Normal)]),
                "pieces[0].score: NaN of \"a\""
            },
            { "not UTF-8", [0x0A, 3, 0x0A, 1, 0xFF], "pieces[0].piece: not valid UTF-8" },
            {
                "unknown id",
                TinySentencePieceModel.Build(Pieces, unknownId: 4),
                "trainer_spec.unk_id: 4 is not between 0 and 3"
            },
            {
                "negative",
                TinySentencePieceModel.Build(Pieces, unknownId: -1),
                "trainer_spec.unk_id: -1 is not"
            },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_file_is_refused(string what, byte[] bytes, string message)
    {
        var error = Assert.Throws<ModelFormatException>(() => Read(bytes));
        Assert.True(
            error.Message.StartsWith(folder["m.model"], StringComparison.Ordinal)
                && error.Message.Contains(message, StringComparison.Ordinal),
            $"{what}: {error.Message}"
        );
    }

    [Fact]
    public void A_file_changed_or_cut_anywhere_is_read_or_refused()
    {
        var random = new Random(7);
        var good = TinySentencePieceModel.Build(Pieces, charsmap: TinyCharsmap.Build(("a", "b")));
        for (var i = 0; i < 3000; i++)
        {
            var bad = good[..random.Next(1, good.Length + 1)];
            for (var k = random.Next(4); k > 0; k--)
                bad[random.Next(Math.Min(bad.Length, 120))] = (byte)random.Next(256);
            try
            {
                Assert.NotEmpty(Read(bad).Pieces);
            }
            catch (ModelFormatException error)
            {
                Assert.Equal(folder["m.model"], error.File);
            }
        }
    }

    private SentencePieceModelFile Read(byte[] bytes) =>
        SentencePieceModelFile.Read(folder.Write("m.model", bytes));
}
