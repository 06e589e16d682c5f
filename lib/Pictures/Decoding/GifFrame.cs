using System.Buffers.Binary;

namespace Pictures.Decoding;

/// <summary>A GIF's first frame: its place on the screen and its palette, which stand before its pixels.</summary>
/// <remarks>
/// libvips forgets which colour a transparent pixel has, and what lies beside a frame that is smaller than the screen. So it is
/// given a file in which every entry of the palette is its own number as gray; colours and place are Pillow's, found here.
/// </remarks>
internal sealed class GifFrame
{
    private const int ScreenEnd = 13; // "GIF89a", the screen's size, flags, background, aspect
    private const byte Extension = (byte)'!';
    private const byte GraphicControl = 0xF9;
    private const byte ImageDescriptor = (byte)',';
    private const int HasPalette = 0x80;
    private const int IsInterlaced = 0x40;

    private static readonly byte[] Grays =
    [
        .. Enumerable.Range(0, 256).SelectMany(gray => Enumerable.Repeat((byte)gray, 3)),
    ];

    private readonly byte[] file;
    private readonly string name;
    private readonly int descriptor; // where the frame's place and size begin
    private readonly int data; // where its pixels begin
    private readonly (int Left, int Top, int Width, int Height) frame;
    private readonly (int Width, int Height) screen;
    private readonly byte[] palette; // shape [colours, 3]; empty where a number is its own gray
    private readonly int beside; // the number of what lies beside the frame

    /// <summary>Reads what stands before the first frame's pixels.</summary>
    /// <exception cref="PictureException">The file ends before them, or the screen is too large.</exception>
    public GifFrame(byte[] file, string name)
    {
        (this.file, this.name) = (file, name);
        var at = ScreenEnd;
        palette = Palette(Byte(10), ref at);
        for (byte block; (block = Byte(at++)) != ImageDescriptor; )
            if (block == Extension)
                SkipExtension(ref at, ref beside);
        descriptor = at;
        at += 9;
        if ((Byte(at - 1) & HasPalette) != 0)
            palette = Palette(Byte(at - 1), ref at);
        data = at;
        frame = (
            Number(descriptor),
            Number(descriptor + 2),
            Number(descriptor + 4),
            Number(descriptor + 6)
        );
        // A frame that leads out of the screen widens it.
        screen = (
            Math.Max(Number(6), frame.Left + frame.Width),
            Math.Max(Number(8), frame.Top + frame.Height)
        );
        PictureReader.CheckSize(name, screen.Width, screen.Height);
        if (Grays.AsSpan().StartsWith(palette))
            palette = [];
    }

    /// <summary>A file of this frame alone, with a palette of grays: what it decodes to are numbers.</summary>
    public byte[] WithNumbersForColors() =>
        [
            .. "GIF89a"u8,
            .. file.AsSpan(descriptor + 4, 4), // the screen is as large as the frame
            HasPalette | 7, // 256 entries
            0,
            0,
            .. Grays,
            ImageDescriptor,
            .. (ReadOnlySpan<byte>)[0, 0, 0, 0],
            .. file.AsSpan(descriptor + 4, 4),
            (byte)(file[descriptor + 8] & IsInterlaced),
            .. file.AsSpan(data),
        ];

    /// <summary>The whole screen, with the frame whose numbers were decoded.</summary>
    public Picture Color(Picture numbers)
    {
        if (numbers.Width < frame.Width || numbers.Height < frame.Height)
            throw new PictureException(name, "damaged or cut short");
        var isGray = palette.Length == 0;
        var channels = isGray ? 1 : 3;
        var pixels = new byte[screen.Width * screen.Height * channels];
        for (var (y, pixel) = (0, 0); y < screen.Height; y++)
        for (var x = 0; x < screen.Width; x++, pixel++)
        {
            var (column, row) = (x - frame.Left, y - frame.Top);
            var isWithin = column >= 0 && column < frame.Width && row >= 0 && row < frame.Height;
            var number = isWithin
                ? numbers.Pixels[(row * numbers.Width + column) * numbers.Channels]
                : beside;
            var colors = 3 * number < palette.Length ? palette : Grays;
            colors.AsSpan(3 * number, channels).CopyTo(pixels.AsSpan(pixel * channels));
        }
        var mode = isGray ? PictureMode.Gray : PictureMode.Rgb;
        return new Picture(screen.Width, screen.Height, pixels, mode, isIndexed: !isGray);
    }

    private byte[] Palette(int flags, ref int at)
    {
        if ((flags & HasPalette) == 0)
            return [];
        var start = at;
        at += 6 << (flags & 7);
        Byte(at); // something follows
        return file[start..at];
    }

    /// <summary>Reads over an extension; of the one that makes a colour transparent, keeps its number.</summary>
    private void SkipExtension(ref int at, ref int transparent)
    {
        var label = Byte(at++);
        if (label == GraphicControl && Byte(at) >= 4 && (Byte(at + 1) & 1) != 0)
            transparent = Byte(at + 4);
        for (int length; (length = Byte(at++)) > 0; )
            at += length;
    }

    private int Number(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private byte Byte(int at) =>
        at < file.Length ? file[at] : throw new PictureException(name, "damaged or cut short");
}
