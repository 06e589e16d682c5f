using System.Buffers.Binary;

namespace Pictures.Tests;

/// <summary>What is no picture is an error that names the file: never a crash, a hang, or half a picture.</summary>
public sealed class BadPictureTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_file_a_folder_and_an_empty_file_are_named()
    {
        Assert.Throws<FileNotFoundException>(() => PictureReader.Read(folder["none.png"]));
        Refused(folder.Path, "a folder");
        Refused(folder.Write("empty.png", ""), "0 bytes");
    }

    [Theory]
    [InlineData("dog.jpg", "This is a dog.")]
    [InlineData("dog.png", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")]
    [InlineData("dog.bmp", "BM")]
    [InlineData("dog.webp", "RIFF")]
    public void A_text_by_a_picture_s_name_is_no_picture(string name, string text) =>
        Refused(folder.Write(name, text), "no picture in JPEG, PNG, GIF or WebP");

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("palette.gif")]
    [InlineData("lossless.webp")]
    [InlineData("palette.png")]
    public void A_file_cut_anywhere_is_an_error_and_not_half_a_picture(string file)
    {
        var bytes = File.ReadAllBytes(Goldens.Own($"pictures/{file}"));
        // The last bytes only say that there are no more: without them nothing is missing.
        for (var length = 1; length < bytes.Length - 24; length += 7)
        {
            using var stream = new MemoryStream(bytes, 0, length);
            Assert.ThrowsAny<PictureException>(() => PictureReader.Read(stream, file));
        }
    }

    [Fact]
    public void A_photo_cut_at_every_thousandth_byte_is_an_error()
    {
        var bytes = File.ReadAllBytes(
            Path.Combine(Goldens.Shared("clip/images"), "jpeg_q75_420_151x101.jpg")
        );
        for (var length = 1000; length < bytes.Length; length += 1000)
        {
            using var stream = new MemoryStream(bytes, 0, length);
            Refused(
                () => PictureReader.Read(stream, "photo.jpg"),
                "photo.jpg: damaged or cut short"
            );
        }
    }

    [Fact]
    public void A_header_that_claims_more_than_memory_holds_is_refused_before_decoding()
    {
        var jpeg = File.ReadAllBytes(Goldens.Own("pictures/baseline.jpg"));
        var size = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5; // in the frame's header
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(size), 60_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(size + 2), 60_000);
        var gif = File.ReadAllBytes(Goldens.Own("pictures/palette.gif"));
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(6), 60_000); // the screen's size
        BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(8), 60_000);
        foreach (var bytes in new[] { Png(60_000, 60_000), jpeg, gif })
        {
            var path = folder["bomb"];
            File.WriteAllBytes(path, bytes);
            Refused(path, "60,000 x 60,000 pixels, expected at most 67,108,864");
        }
    }

    [Fact]
    public void Damaged_bytes_give_pixels_or_an_error()
    {
        var random = new Random(1);
        foreach (var file in DecodingTests.Files.Select(row => row.Data))
        {
            var bytes = File.ReadAllBytes(Goldens.Own($"pictures/{file}"));
            for (var i = 0; i < 200; i++)
            {
                var damaged = bytes.ToArray();
                for (var j = 0; j < 3; j++)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                try
                {
                    using var stream = new MemoryStream(damaged);
                    PictureReader.Read(stream, file);
                }
                catch (PictureException error)
                {
                    Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void A_stream_without_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "no device files here");
        Refused("/dev/zero", "more than 268,435,456 bytes");
    }

    private static void Refused(string path, string problem) =>
        Refused(() => PictureReader.Read(path), problem);

    private static void Refused(Action read, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<PictureException>(read).Message,
            StringComparison.Ordinal
        );

    /// <summary>A PNG of that size whose rows are missing.</summary>
    private static byte[] Png(int width, int height)
    {
        using var bytes = new MemoryStream();
        bytes.Write([0x89, .. "PNG\r\n\u001a\n"u8]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2); // eight bits, red, green and blue
        Chunk("IHDR"u8, header);
        Chunk("IDAT"u8, [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]);
        Chunk("IEND"u8, []);
        return bytes.ToArray();

        void Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
        {
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            bytes.Write(number);
            byte[] body = [.. type, .. data];
            bytes.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
            bytes.Write(number);
        }
    }

    /// <summary>The checksum of PNG's chunks.</summary>
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u * (crc & 1));
        }
        return ~crc;
    }
}
