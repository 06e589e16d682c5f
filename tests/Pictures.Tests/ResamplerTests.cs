using System.Text.Json;
using Pictures.Resizing;

namespace Pictures.Tests;

/// <summary>Resized pixels are Pillow's, bit for bit.</summary>
public sealed class ResamplerTests
{
    private static readonly JsonElement Golden = Goldens.Json(
        Goldens.Own("pictures/pictures.json")
    );

    private static Picture Source => ReadPicture(Golden.GetProperty("resize"), PictureMode.Rgb);

    [Fact]
    public void Every_filter_gives_Pillow_s_bytes()
    {
        var runs = Golden.GetProperty("resize").GetProperty("runs");
        Assert.Equal(20, runs.GetArrayLength());
        foreach (var run in runs.EnumerateArray())
        {
            var filter = Enum.Parse<ResampleFilter>(
                run.GetProperty("filter").GetString()!,
                ignoreCase: true
            );
            var (width, height) = (
                run.GetProperty("width").GetInt32(),
                run.GetProperty("height").GetInt32()
            );
            var resized = Resampler.Resize(Source, width, height, filter);
            Assert.Equal((width, height), (resized.Width, resized.Height));
            Assert.Equal(Bytes(run, "pixels"), resized.Pixels.ToArray());
        }
    }

    [Fact]
    public void Colours_count_as_much_as_they_are_seen()
    {
        var golden = Golden.GetProperty("premultiplied");
        var resized = Alpha.Unpremultiply(
            Resampler.Resize(
                Alpha.Premultiply(ReadPicture(golden, PictureMode.Rgba)),
                golden.GetProperty("to_width").GetInt32(),
                golden.GetProperty("to_height").GetInt32(),
                ResampleFilter.Bicubic
            )
        );
        Assert.Equal(Bytes(golden, "resized"), resized.Pixels.ToArray());
    }

    [Theory]
    [InlineData(ResampleFilter.Nearest)]
    [InlineData(ResampleFilter.Bicubic)]
    [InlineData(ResampleFilter.Lanczos)]
    public void A_window_is_cut_from_the_whole(ResampleFilter filter)
    {
        var whole = Resampler.Resize(Source, 11, 9, filter);
        var window = new Window(3, 2, 5, 6);
        var part = Resampler.Resize(Source, 11, 9, filter, window);
        for (var row = 0; row < window.Height; row++)
            Assert.Equal(
                whole
                    .Pixels.Slice(3 * ((window.Top + row) * 11 + window.Left), 3 * window.Width)
                    .ToArray(),
                part.Pixels.Slice(3 * row * window.Width, 3 * window.Width).ToArray()
            );
    }

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(2, 0, 2, 2)]
    [InlineData(0, int.MaxValue, 2, 2)]
    public void A_window_outside_is_refused(int left, int top, int width, int height) =>
        Assert.Throws<ArgumentException>(() =>
            Resampler.Resize(
                Source,
                3,
                3,
                ResampleFilter.Bicubic,
                new Window(left, top, width, height)
            )
        );

    [Fact]
    public void The_shared_pictures_are_resized_to_the_byte()
    {
        var images = Goldens.Shared("clip/images");
        var compared = 0;
        foreach (
            var (name, shape, pixels) in SafetensorsBytes.Read(
                Goldens.Shared("clip/pil_resize_u8.safetensors")
            )
        )
        {
            var (file, filter, size) = name.Split('|') switch
            {
                [var f, var how, var to] => (
                    f,
                    Enum.Parse<ResampleFilter>(how, true),
                    to.Split('x')
                ),
                _ => throw new FormatException(name),
            };
            if (!File.Exists(Path.Combine(images, file)))
                continue; // kept back
            var picture = PictureReader.Read(Path.Combine(images, file));
            var resized = Resampler.Resize(
                picture,
                int.Parse(size[0], null),
                int.Parse(size[1], null),
                filter
            );
            Assert.Equal([resized.Height, resized.Width, resized.Channels], shape);
            Assert.True(pixels.AsSpan().SequenceEqual(resized.Pixels), name);
            compared++;
        }
        Assert.True(compared > 8, $"{compared} pictures");
    }

    private static Picture ReadPicture(JsonElement golden, PictureMode mode) =>
        new(
            golden.GetProperty("width").GetInt32(),
            golden.GetProperty("height").GetInt32(),
            Bytes(golden, "pixels"),
            mode
        );

    private static byte[] Bytes(JsonElement golden, string key) =>
        [.. golden.GetProperty(key).EnumerateArray().Select(x => x.GetByte())];
}
