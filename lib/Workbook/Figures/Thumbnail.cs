using DrawnWorld;
using Pictures;
using Pictures.Resizing;

namespace Workbook;

/// <summary>A small picture that a figure carries within itself.</summary>
public sealed class Thumbnail
{
    /// <summary>A page carries each picture whole, some of them twice.</summary>
    private const int MaxBytes = 1 << 20;

    private Thumbnail(string type, ReadOnlySpan<byte> file) =>
        DataUri = $"data:image/{type};base64,{Convert.ToBase64String(file)}";

    /// <summary>The picture as an address that needs no file and no network.</summary>
    internal string DataUri { get; }

    /// <summary>The picture of a PNG, JPEG, GIF or WebP file, as it is.</summary>
    /// <param name="path">The file, at most a mebibyte.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The file is larger, or of another kind.</exception>
    public static Thumbnail Load(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > MaxBytes)
            throw new ArgumentException(
                $"{path} has {length} bytes; a thumbnail has at most {MaxBytes}",
                nameof(path)
            );
        var file = File.ReadAllBytes(path);
        return new(
            TypeOf(file)
                ?? throw new ArgumentException(
                    $"{path} is no PNG, JPEG, GIF or WebP file",
                    nameof(path)
                ),
            file
        );
    }

    /// <summary>A picture that was drawn.</summary>
    public static Thumbnail Of(DrawnPicture picture) => new("png", picture.ToPng());

    /// <summary>A picture in memory, made small.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="edge">The longer edge, in pixels; a smaller picture stays as it is.</param>
    public static Thumbnail Of(Picture picture, int edge = 128)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var scale = Math.Min(1, (double)edge / Math.Max(picture.Width, picture.Height));
        var small = Resampler.Resize(
            picture.ToRgb(),
            Math.Max(1, (int)(picture.Width * scale)),
            Math.Max(1, (int)(picture.Height * scale)),
            ResampleFilter.Bicubic
        );
        return Of(small.Width, small.Height, small.Pixels);
    }

    /// <summary>A picture of numbers.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="pixels">Shape [height, width, 3]: red, green, blue.</param>
    /// <exception cref="ArgumentException">There are not 3 bytes a pixel.</exception>
    public static Thumbnail Of(int width, int height, ReadOnlySpan<byte> pixels) =>
        new("png", PngWriter.Write(width, height, pixels));

    private static string? TypeOf(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG"u8]) ? "png"
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? "jpeg"
        : file.StartsWith("GIF8"u8) ? "gif"
        : file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WEBP"u8) ? "webp"
        : null;
}
