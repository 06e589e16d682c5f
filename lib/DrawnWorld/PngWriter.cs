using System.Buffers.Binary;
using System.IO.Compression;

namespace DrawnWorld;

/// <summary>Writes PNG files: 8 bits of red, green and blue, one filter throughout, no metadata (RFC 2083).</summary>
public static class PngWriter
{
    private const byte SubFilter = 1; // each byte less the one of the pixel to its left: plain areas become zeros
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="width">In pixels, above 0.</param>
    /// <param name="height">In pixels, above 0.</param>
    /// <param name="pixels">Shape [height, width, 3]: red, green, blue.</param>
    /// <exception cref="ArgumentException">There are not 3 bytes a pixel, or no pixels.</exception>
    public static byte[] Write(int width, int height, ReadOnlySpan<byte> pixels)
    {
        if (width <= 0 || height <= 0 || pixels.Length != (long)width * height * 3)
            throw new ArgumentException(
                $"{width} x {height} pixels of red, green and blue need {(long)width * height * 3} bytes, not {pixels.Length}",
                nameof(pixels)
            );
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8]);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, 2); // bits a channel; red, green and blue
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(width * 3, pixels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(int stride, ReadOnlySpan<byte> pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            var line = new byte[stride + 1];
            line[0] = SubFilter;
            for (var start = 0; start < pixels.Length; start += stride)
            {
                var row = pixels.Slice(start, stride);
                for (var index = 0; index < stride; index++)
                    line[index + 1] = (byte)(row[index] - (index < 3 ? 0 : row[index - 3]));
                zlib.Write(line);
            }
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(
        MemoryStream file,
        ReadOnlySpan<byte> type,
        ReadOnlySpan<byte> data
    )
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var crc = Crc(Crc(uint.MaxValue, type), data) ^ uint.MaxValue;
        BinaryPrimitives.WriteUInt32BigEndian(number, crc);
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var index = 0u; index < 256; index++)
        {
            var value = index;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
            table[index] = value;
        }
        return table;
    }
}
