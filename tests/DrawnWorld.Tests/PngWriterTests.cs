using System.Buffers.Binary;
using System.IO.Compression;

namespace DrawnWorld.Tests;

public sealed class PngWriterTests
{
    // Two pixels wide and two high: red, green; blue, white.
    private static readonly byte[] Pixels = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];

    [Fact]
    public void The_file_is_a_signature_and_three_chunks_with_sound_checksums()
    {
        var file = PngWriter.Write(2, 2, Pixels);
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], file[..8]);
        var chunks = Chunks(file).ToArray();
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0], chunks[0].Data);
        // The checksum of every PNG's last chunk, as in the standard.
        Assert.Equal(0xAE426082, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(^4..)));
    }

    [Fact]
    public void What_is_decompressed_and_unfiltered_are_the_pixels()
    {
        var data = Chunks(PngWriter.Write(2, 2, Pixels)).Single(chunk => chunk.Type == "IDAT").Data;
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        var lines = new byte[2 * 7];
        zlib.ReadExactly(lines);
        Assert.Equal(-1, zlib.ReadByte());
        Assert.Equal([1, 255, 0, 0, 1, 255, 0], lines[..7]); // "each less the one to its left", modulo 256
        Assert.Equal([1, 0, 0, 255, 255, 255, 0], lines[7..]);
    }

    [Theory]
    [InlineData(2, 1, 12)]
    [InlineData(0, 2, 0)]
    [InlineData(65536, 65536, 12)]
    public void Pixels_that_do_not_fill_the_picture_are_refused(int width, int height, int bytes)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            PngWriter.Write(width, height, new byte[bytes])
        );
        Assert.Contains($"not {bytes}", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        for (var at = 8; at < file.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return (
                System.Text.Encoding.ASCII.GetString(file, at + 4, 4),
                file[(at + 8)..(at + 8 + length)]
            );
            at += 12 + length;
        }
    }
}
