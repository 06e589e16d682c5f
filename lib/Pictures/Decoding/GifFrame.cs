using System.Buffers.Binary;

namespace Pictures.Decoding;

/// <summary>A GIF's first frame: its place on the screen and its palette, which stand before its pixels.</summary>
/// <remarks>
/// libvips forgets which colour a transparent pixel has, and what lies beside a frame that is smaller than the screen. So it is
/// given a file in which every entry of the palette is its own number as gray, and the colours are looked up here.
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
    private readonly byte[] palette; // shape [colours, 3]; empty where a number is its own gray
    private readonly int beside; // the number of what lies beside the frame

    /// <summary>Reads what stands before the first frame's pixels.</summary>
    /// <exception cref="PictureException">The file ends before them.</exception>
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
        if (Grays.AsSpan().StartsWith(palette))
            palette = [];
    }

    private int Left => Number(descriptor);
    private int Top => Number(descriptor + 2);
    private int Width => Number(descriptor + 4);
    private int Height => Number(descriptor + 6);

    /// <summary>The same file with a palette of grays: what it decodes to are numbers.</summary>
    public byte[] WithNumbersForColors() =>
        [
            .. file.AsSpan(0, 10),
            HasPalette | 7, // 256 entries
            0,
            0,
            .. Grays,
            ImageDescriptor,
            .. file.AsSpan(descriptor, 8),
            (byte)(file[descriptor + 8] & IsInterlaced),
            .. file.AsSpan(data),
        ];

    /// <summary>The picture whose numbers were decoded.</summary>
    public Picture Color(Picture numbers)
    {
        var (channels, step) = (palette.Length == 0 ? 1 : 3, numbers.Channels);
        var pixels = new byte[numbers.Width * numbers.Height * channels];
        for (var (y, pixel) = (0, 0); y < numbers.Height; y++)
        for (var x = 0; x < numbers.Width; x++, pixel++)
        {
            var isWithin = x >= Left && x < Left + Width && y >= Top && y < Top + Height;
            var number = isWithin ? numbers.Pixels[pixel * step] : beside;
            var colors = 3 * number < palette.Length ? palette : Grays;
            colors.AsSpan(3 * number, channels).CopyTo(pixels.AsSpan(pixel * channels));
        }
        var mode = channels == 1 ? PictureMode.Gray : PictureMode.Rgb;
        return new Picture(numbers.Width, numbers.Height, pixels, mode, isIndexed: channels == 3);
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
