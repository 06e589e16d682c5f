using System.Runtime.InteropServices;

namespace Pictures.Decoding;

/// <summary>Decodes a picture with libvips; safe from many threads.</summary>
internal static unsafe class VipsDecoder
{
    // VipsBandFormat and VipsInterpretation.
    private const int UnsignedByte = 0;
    private const int UnsignedShort = 2;
    private const int Cmyk = 15;

    private static readonly Lazy<string?> Problem = new(Start);

    /// <summary>Decodes a whole file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="loader">The operation that decodes such a file, such as pngload_buffer.</param>
    /// <param name="name">What the file is called in messages.</param>
    public static Picture Decode(byte[] file, string loader, string name)
    {
        if (Problem.Value is { } problem)
            throw new DllNotFoundException($"{name}: {problem}");
        fixed (byte* bytes = file)
        {
            var blob = Vips.NewBlob(0, bytes, (nuint)file.Length); // nothing is copied, so the bytes stay pinned
            var operation = Vips.NewOperation(loader);
            try
            {
                if (operation == 0)
                    throw Error(name);
                SetBlob(operation, blob);
                // A file that ends early is an error, not a picture whose rest is gray.
                if (
                    Vips.SetOptions(operation, "fail_on=truncated") != 0
                    || Vips.Build(ref operation) != 0
                )
                    throw Error(name);
                return Pixels(operation, name);
            }
            finally
            {
                if (operation != 0)
                {
                    Vips.UnrefOutputs(operation);
                    Vips.Unref(operation);
                }
                Vips.UnrefArea(blob);
            }
        }
    }

    private static void SetBlob(nint operation, nint blob)
    {
        var value = new Vips.Value();
        Vips.InitValue(ref value, Vips.BlobType());
        Vips.SetBoxed(ref value, blob);
        Vips.SetProperty(operation, "buffer", ref value);
        Vips.UnsetValue(ref value);
    }

    /// <summary>The pixels of what an operation has opened: only its header was read so far.</summary>
    private static Picture Pixels(nint operation, string name)
    {
        var value = new Vips.Value();
        Vips.InitValue(ref value, Vips.ImageType());
        Vips.GetProperty(operation, "out", ref value);
        try
        {
            var image = Vips.GetObject(ref value);
            var (width, height, bands) = (Vips.Width(image), Vips.Height(image), Vips.Bands(image));
            PictureReader.CheckSize(name, width, height);
            PictureMode mode = (bands, Vips.Interpretation(image)) switch
            {
                (1, _) => PictureMode.Gray,
                (2, _) => PictureMode.GrayAlpha,
                (3, _) => PictureMode.Rgb,
                (4, Cmyk) => PictureMode.Cmyk,
                (4, _) => PictureMode.Rgba,
                _ => throw new PictureException(name, $"{bands} numbers a pixel, expected 1 to 4"),
            };
            var isIndexed =
                Integer(image, "palette") == 1 || Integer(image, "bits-per-sample") == 1;
            return new Picture(width, height, Read(image, name), mode, isIndexed);
        }
        finally
        {
            Vips.UnsetValue(ref value);
        }
    }

    private static byte[] Read(nint image, string name)
    {
        var format = Vips.Format(image);
        if (format is not (UnsignedByte or UnsignedShort))
            throw new PictureException(name, "its numbers have neither 8 nor 16 bits");
        var memory = Vips.WriteToMemory(image, out var size); // decodes
        if (memory == 0)
            throw Error(name);
        try
        {
            var bytes = new ReadOnlySpan<byte>((void*)memory, checked((int)size));
            if (format == UnsignedByte)
                return bytes.ToArray();
            var numbers = MemoryMarshal.Cast<byte, ushort>(bytes);
            var upper = new byte[numbers.Length];
            for (var i = 0; i < upper.Length; i++)
                upper[i] = (byte)(numbers[i] >> 8);
            return upper;
        }
        finally
        {
            Vips.Free(memory);
        }
    }

    private static int Integer(nint image, string field) =>
        Vips.TypeOfField(image, field) != 0 && Vips.GetInteger(image, field, out var value) == 0
            ? value
            : 0;

    /// <summary>What libvips has to say, in one line. (Its messages are kept for all threads together.)</summary>
    private static PictureException Error(string name)
    {
        var memory = Vips.TakeErrors();
        var said = Marshal.PtrToStringUTF8(memory) ?? "";
        Vips.Free(memory);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new PictureException(
            name,
            $"damaged or cut short ({(lines is [var first, ..] ? first.Trim() : "libvips does not say why")})"
        );
    }

    /// <summary>Opens the library once; what is wrong, if anything is.</summary>
    private static string? Start()
    {
        try
        {
            Vips.SetEnvironment("VIPS_WARNING", "1", 1); // its warnings go to standard error otherwise
            fixed (byte* program = "workbook\0"u8)
                if (Vips.Init(program) != 0)
                    return "libvips, which decodes pictures, does not start";
            Vips.SetCache(0); // it would keep what points into our memory
            Vips.SetThreads(1);
            return null;
        }
        catch (Exception error)
            when (error
                    is DllNotFoundException
                        or EntryPointNotFoundException
                        or BadImageFormatException
            )
        {
            return "pictures are decoded by libvips, and its library is not here; build once with Node.js and a network (there is one for linux-x64, win-x64 and osx-arm64)";
        }
    }
}
