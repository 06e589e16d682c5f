using Pictures.Decoding;

namespace Pictures;

/// <summary>Reads pictures: JPEG, PNG, GIF (its first frame) and WebP.</summary>
/// <remarks>
/// Pixels are given as they are stored, as Pillow's <c>Image.open</c> does: neither turned as the camera says nor changed by a
/// colour profile. Of a PNG of 16 bits a number the upper eight are kept.
/// </remarks>
public static class PictureReader
{
    /// <summary>The most bytes of a file that are read.</summary>
    public const int MaxBytes = 1 << 28;

    /// <summary>The most pixels of a picture that are decoded; a few kilobytes can claim more than any memory holds.</summary>
    public const int MaxPixels = 1 << 26;

    private const string Png = "pngload_buffer";
    private const string Gif = "gifload_buffer";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="PictureException">It is no such picture, is cut short or damaged, or too large.</exception>
    /// <exception cref="DllNotFoundException">The library that decodes is not there.</exception>
    public static Picture Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
            throw new PictureException(path, "a folder, expected a picture");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file", path);
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The bytes of a file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="PictureException">It is no such picture, is cut short or damaged, or too large.</exception>
    /// <exception cref="DllNotFoundException">The library that decodes is not there.</exception>
    public static Picture Read(Stream stream, string name = "picture")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = ReadBytes(stream, name);
        var loader = Loader(file, name);
        if (loader == Gif)
        {
            var frame = new GifFrame(file, name);
            return frame.Color(VipsDecoder.Decode(frame.WithNumbersForColors(), loader, name));
        }
        var picture = VipsDecoder.Decode(file, loader, name);
        return loader == Png && HasNoAlpha(file) ? picture.WithoutAlpha() : picture;
    }

    /// <summary>Refuses a picture of more pixels than are decoded, by what its header claims.</summary>
    internal static void CheckSize(string name, int width, int height)
    {
        if ((long)width * height > MaxPixels)
            throw new PictureException(
                name,
                $"{width:N0} x {height:N0} pixels, expected at most {MaxPixels:N0}"
            );
    }

    /// <summary>All bytes up to the limit, whatever length the stream claims: a device has none, and no end.</summary>
    private static byte[] ReadBytes(Stream stream, string name)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0; )
        {
            if (bytes.Length + read > MaxBytes)
                throw new PictureException(name, $"more than {MaxBytes:N0} bytes");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    /// <summary>What decodes such a file, by its first bytes. (Its name may lie, and libvips reads more kinds than it should be asked to.)</summary>
    private static string Loader(ReadOnlySpan<byte> file, string name) =>
        file.IsEmpty ? throw new PictureException(name, "0 bytes, expected a picture")
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "jpegload_buffer"
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n\u001a\n"u8]) ? Png
        : file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8) ? Gif
        : file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..].StartsWith("WEBP"u8)
            ? "webpload_buffer"
        : throw new PictureException(name, "no picture in JPEG, PNG, GIF or WebP");

    /// <summary>Whether a PNG is gray or RGB: one of its colours may be said to be transparent then, but Pillow makes no alpha of that.</summary>
    private static bool HasNoAlpha(ReadOnlySpan<byte> png) => png[25] is 0 or 2; // the colour type, in the header
}
