namespace Pictures;

/// <summary>A picture in memory, as it was stored: its pixels row after row, 8 bits a number.</summary>
public sealed class Picture
{
    private readonly byte[] pixels;

    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="pixels">Shape [height, width, channels]; kept, not copied.</param>
    /// <param name="mode">What the numbers of a pixel are.</param>
    /// <param name="isIndexed">Whether the file held a palette, or only black and white.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than the shape has.</exception>
    public Picture(
        int width,
        int height,
        byte[] pixels,
        PictureMode mode = PictureMode.Rgb,
        bool isIndexed = false
    )
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height, Mode, IsIndexed, this.pixels) = (width, height, mode, isIndexed, pixels);
        if (pixels.LongLength != (long)width * height * Channels)
            throw new ArgumentException(
                $"{pixels.LongLength:N0} numbers for {width} x {height} pixels of {Channels}",
                nameof(pixels)
            );
    }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>What the numbers of a pixel are.</summary>
    public PictureMode Mode { get; }

    /// <summary>Whether the file held a palette, or only black and white: between two such colours there is no other.</summary>
    public bool IsIndexed { get; }

    /// <summary>How many numbers a pixel has.</summary>
    public int Channels =>
        Mode switch
        {
            PictureMode.Gray => 1,
            PictureMode.GrayAlpha => 2,
            PictureMode.Rgb => 3,
            _ => 4,
        };

    /// <summary>The numbers, row after row; shape [height, width, channels].</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>The same picture as red, green and blue, as Pillow's <c>convert("RGB")</c> makes it: transparency is dropped.</summary>
    public Picture ToRgb()
    {
        if (Mode == PictureMode.Rgb)
            return this;
        var channels = Channels;
        var rgb = new byte[3 * Width * Height];
        for (int from = 0, to = 0; to < rgb.Length; from += channels, to += 3)
            (rgb[to], rgb[to + 1], rgb[to + 2]) = Mode switch
            {
                PictureMode.Rgba => (pixels[from], pixels[from + 1], pixels[from + 2]),
                PictureMode.Cmyk => (
                    Light(pixels[from], pixels[from + 3]),
                    Light(pixels[from + 1], pixels[from + 3]),
                    Light(pixels[from + 2], pixels[from + 3])
                ),
                _ => (pixels[from], pixels[from], pixels[from]),
            };
        return new Picture(Width, Height, rgb, isIndexed: IsIndexed);
    }

    /// <summary>The same picture, without saying how opaque its pixels are.</summary>
    internal Picture WithoutAlpha()
    {
        if (Mode is not (PictureMode.GrayAlpha or PictureMode.Rgba))
            return this;
        var kept = Channels - 1;
        var colors = new byte[kept * Width * Height];
        for (var pixel = 0; pixel < Width * Height; pixel++)
            pixels.AsSpan(pixel * Channels, kept).CopyTo(colors.AsSpan(pixel * kept));
        var mode = kept == 1 ? PictureMode.Gray : PictureMode.Rgb;
        return new Picture(Width, Height, colors, mode, IsIndexed);
    }

    /// <summary>What an ink leaves of the light that black leaves. (A printer's profile would say it better; the reference does not ask it.)</summary>
    private static byte Light(byte ink, byte black)
    {
        var left = 255 - black;
        return (byte)Math.Max(0, left - Product(ink, left));
    }

    /// <summary>a b / 255, rounded, for two numbers from 0 to 255.</summary>
    internal static int Product(int a, int b)
    {
        var product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }
}
