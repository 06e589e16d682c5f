using Pictures;
using Pictures.Resizing;

namespace SentenceTransformers;

/// <summary>Prepares a picture for a vision model, step by step, as preprocessor_config.json says.</summary>
/// <remarks>The counterpart of CLIPImageProcessor in Hugging Face's transformers.</remarks>
public sealed class ImageProcessor
{
    private const string FileName = "preprocessor_config.json";
    private const int MaxEdge = 4096;
    private const int MaxResized = 1 << 28;

    /// <summary>How long the shorter edge is after resizing, in pixels; null where pictures are not resized.</summary>
    public int? ShortestEdge { get; init; } = 224;

    /// <summary>How many pixels are kept in the middle; null where nothing is cut off.</summary>
    public (int Width, int Height)? Crop { get; init; } = (224, 224);

    /// <summary>How new pixels are made of old ones.</summary>
    public ResampleFilter Filter { get; init; } = ResampleFilter.Bicubic;

    /// <summary>What each number is multiplied by, so that white is 1.</summary>
    public double RescaleFactor { get; init; } = 1 / 255.0;

    /// <summary>What is taken off each colour: the mean of red, green and blue over the pictures that CLIP was trained on.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0.48145466, 0.4578275, 0.40821073];

    /// <summary>What each colour is divided by then: the standard deviation over the same pictures.</summary>
    public IReadOnlyList<double> StandardDeviation { get; init; } =
    [0.26862954, 0.26130258, 0.27577711];

    /// <summary>In which order the steps are done.</summary>
    public ImageOrder Order { get; init; }

    /// <summary>Reads a model folder's preprocessor_config.json.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="order">In which order the steps are done, of which the file says nothing.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="ModelFormatException">A key is wrong, or asks for what is not supported.</exception>
    public static ImageProcessor Load(string folder, ImageOrder order = ImageOrder.HuggingFace)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var file = JsonFile.ReadObject(Path.Combine(folder, FileName));
        if (!file.Flag("do_convert_rgb", true))
            throw file.Invalid("do_convert_rgb", "false is not supported: CLIP sees colours");
        var rescales = file.Flag("do_rescale", true);
        var normalizes = file.Flag("do_normalize", true);
        return new ImageProcessor
        {
            Order = order,
            ShortestEdge = file.Flag("do_resize", true) ? ReadShortestEdge(file) : null,
            Crop = file.Flag("do_center_crop", true) ? ReadCrop(file) : null,
            Filter = file.Integer("resample", 0, 5) switch
            {
                null => ResampleFilter.Bicubic,
                <= 3 and var known => (ResampleFilter)known,
                var other => throw file.Invalid(
                    "resample",
                    $"{other} is not supported, expected 0 to 3"
                ),
            },
            RescaleFactor = rescales ? file.Number("rescale_factor") ?? 1 / 255.0 : 1,
            Mean = normalizes
                ? ReadColors(file, "image_mean") ?? new ImageProcessor().Mean
                : [0, 0, 0],
            StandardDeviation = normalizes
                ? ReadColors(file, "image_std", positive: true)
                    ?? new ImageProcessor().StandardDeviation
                : [1, 1, 1],
        };
    }

    /// <summary>All steps; shape [3, height, width], row after row, red first.</summary>
    /// <exception cref="ArgumentException">The picture is so narrow that the longer edge would not fit into memory.</exception>
    public float[] Process(Picture picture) => Normalize(ResizeAndCrop(picture));

    /// <summary>All steps, for a picture that has a name; shape [3, height, width].</summary>
    /// <exception cref="PictureException">It is too narrow.</exception>
    internal float[] Process(string name, Picture picture) =>
        ShortestEdge is { } edge && LongestEdge(picture, edge) > MaxResized
            ? throw new PictureException(name, TooNarrow(picture))
            : Process(picture);

    /// <summary>The picture resized, whole: what the next step cuts from.</summary>
    /// <exception cref="ArgumentException">The picture is so narrow that the longer edge would not fit into memory.</exception>
    public Picture Resize(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = ResizedSize(picture);
        return ResizeTo(picture, width, height, new Window(0, 0, width, height));
    }

    /// <summary>The picture resized and cut to its middle: what the model sees.</summary>
    /// <exception cref="ArgumentException">The picture is so narrow that the longer edge would not fit into memory.</exception>
    public Picture ResizeAndCrop(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = ResizedSize(picture);
        var crop = Crop ?? (width, height);
        var left = Margin(width - crop.Width);
        var top = Margin(height - crop.Height);
        // Of a picture smaller than the crop everything is kept, and black stands around it.
        var window = new Window(
            Math.Max(left, 0),
            Math.Max(top, 0),
            Math.Min(crop.Width, width),
            Math.Min(crop.Height, height)
        );
        return Pad(
            ResizeTo(picture, width, height, window),
            crop.Width,
            crop.Height,
            Math.Max(-left, 0),
            Math.Max(-top, 0)
        );
    }

    /// <summary>Bytes to the numbers that the model reads; shape [3, height, width], row after row, red first.</summary>
    public float[] Normalize(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var rgb = picture.ToRgb().Pixels;
        var plane = picture.Width * picture.Height;
        var numbers = new float[3 * plane];
        for (var color = 0; color < 3; color++)
        {
            var (mean, deviation) = ((float)Mean[color], (float)StandardDeviation[color]);
            for (var i = 0; i < plane; i++)
                numbers[color * plane + i] =
                    ((float)(rgb[3 * i + color] * RescaleFactor) - mean) / deviation;
        }
        return numbers;
    }

    private Picture ResizeTo(Picture picture, int width, int height, Window window)
    {
        if (Order == ImageOrder.HuggingFace)
            return Resampler.Resize(picture.ToRgb(), width, height, Filter, window);
        if (picture.IsIndexed)
            return Resampler.Resize(picture, width, height, ResampleFilter.Nearest, window).ToRgb();
        if ((picture.Width, picture.Height) == (width, height)) // colours that nobody sees come through unchanged
            return Resampler.Resize(picture, width, height, Filter, window).ToRgb();
        var premultiplied = Alpha.Premultiply(picture);
        return Alpha
            .Unpremultiply(Resampler.Resize(premultiplied, width, height, Filter, window))
            .ToRgb();
    }

    private (int Width, int Height) ResizedSize(Picture picture)
    {
        if (ShortestEdge is not { } edge)
            return (picture.Width, picture.Height);
        var resized = LongestEdge(picture, edge);
        if (resized > MaxResized)
            throw new ArgumentException(TooNarrow(picture), nameof(picture));
        return picture.Width <= picture.Height ? (edge, (int)resized) : ((int)resized, edge);
    }

    private static long LongestEdge(Picture picture, long edge)
    {
        var longer = Math.Max(picture.Width, picture.Height);
        return (long)((double)(edge * longer) / Math.Min(picture.Width, picture.Height)); // cut, not rounded, as the reference does
    }

    private static string TooNarrow(Picture picture) =>
        $"{picture.Width:N0} x {picture.Height:N0} pixels are too narrow to be resized";

    /// <summary>How much is cut off on the left or above; below 0, how much is added.</summary>
    private int Margin(int surplus) =>
        Order == ImageOrder.HuggingFace
            ? (int)Math.Floor(surplus / 2.0)
            : (int)Math.Round(surplus / 2.0, MidpointRounding.ToEven);

    private static Picture Pad(Picture picture, int width, int height, int left, int top)
    {
        if ((picture.Width, picture.Height) == (width, height))
            return picture;
        var pixels = new byte[3 * width * height];
        for (var row = 0; row < picture.Height; row++)
            picture
                .Pixels.Slice(3 * row * picture.Width, 3 * picture.Width)
                .CopyTo(pixels.AsSpan(3 * ((top + row) * width + left)));
        return new Picture(width, height, pixels);
    }

    // Older files have a number, newer ones {"shortest_edge": 224}.
    private static int ReadShortestEdge(JsonFile file)
    {
        if (!file.IsObject("size"))
            return file.Integer("size", 1, MaxEdge) ?? 224;
        return file.RequiredObject("size").RequiredInteger("shortest_edge", 1, MaxEdge);
    }

    private static (int, int) ReadCrop(JsonFile file)
    {
        if (!file.IsObject("crop_size"))
            return file.Integer("crop_size", 1, MaxEdge) is { } edge ? (edge, edge) : (224, 224);
        var size = file.RequiredObject("crop_size");
        return (
            size.RequiredInteger("width", 1, MaxEdge),
            size.RequiredInteger("height", 1, MaxEdge)
        );
    }

    private static double[]? ReadColors(JsonFile file, string key, bool positive = false)
    {
        if (!file.Has(key))
            return null;
        var numbers = file.Numbers(key);
        return numbers.Length == 3 && (!positive || numbers.All(number => number > 0))
            ? numbers
            : throw file.Invalid(
                key,
                $"{numbers.Length} numbers, expected three{(positive ? " above 0" : "")}: of red, green and blue"
            );
    }
}
