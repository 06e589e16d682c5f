using System.Security.Cryptography;
using System.Text.Json;

namespace Pictures.Tests;

/// <summary>Files become the pixels that Pillow makes of them.</summary>
public sealed class DecodingTests
{
    public static TheoryData<string> Files =>
        [
            .. Directory
                .GetFiles(Goldens.Own("pictures"))
                .Select(path => Path.GetFileName(path))
                .Where(name => !name.EndsWith(".json", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_has_Pillow_s_pixels(string file)
    {
        var golden = Golden("pictures/pictures.json", "files").Single(x => Name(x) == file);
        var picture = PictureReader.Read(Goldens.Own($"pictures/{file}"));
        Assert.Equal(golden.GetProperty("width").GetInt32(), picture.Width);
        Assert.Equal(golden.GetProperty("height").GetInt32(), picture.Height);
        Assert.Equal(golden.GetProperty("sha256").GetString(), Hash(picture));
        var mode = golden.GetProperty("mode").GetString();
        Assert.Equal(mode is "P" or "1", picture.IsIndexed);
        if (!picture.IsIndexed)
            Assert.Equal(mode, Pillow(picture.Mode));
    }

    [Fact]
    public void The_shared_pictures_have_Pillow_s_pixels()
    {
        var folder = Goldens.Shared("clip/images");
        var compared = 0;
        foreach (
            var golden in Goldens
                .Json(Goldens.Shared("clip/images.json"))
                .GetProperty("images")
                .EnumerateArray()
        )
        {
            var file = Name(golden);
            var path = Path.Combine(folder, file);
            // Pillow cuts 16 bits a number off at 255, which leaves next to nothing of a picture; libvips reads no BMP.
            if (!File.Exists(path) || file.StartsWith("i16", StringComparison.Ordinal))
                continue;
            if (file.EndsWith(".bmp", StringComparison.Ordinal))
            {
                Assert.Throws<PictureException>(() => PictureReader.Read(path));
                continue;
            }
            Assert.Equal(
                (file, golden.GetProperty("decoded_rgb_sha256").GetString()),
                (file, Hash(PictureReader.Read(path)))
            );
            compared++;
        }
        Assert.True(compared > 15, $"{compared} pictures");
    }

    [Fact]
    public void Many_threads_decode_at_once()
    {
        var path = Goldens.Own("pictures/progressive.jpg");
        var expected = Hash(PictureReader.Read(path));
        var found = new string[200];
        Parallel.For(0, found.Length, i => found[i] = Hash(PictureReader.Read(path)));
        Assert.All(found, hash => Assert.Equal(expected, hash));
    }

    [Fact]
    public void A_picture_of_16_bits_a_number_keeps_the_upper_eight()
    {
        var path = Path.Combine(Goldens.Shared("clip/images"), "i16_60x72.png");
        Assert.SkipUnless(File.Exists(path), "needs i16_60x72.png of ../shared/goldens/clip");
        var picture = PictureReader.Read(path);
        Assert.Equal((60, 72, PictureMode.Gray), (picture.Width, picture.Height, picture.Mode));
        Assert.True(picture.Pixels.ToArray().Distinct().Count() > 8);
    }

    private static JsonElement.ArrayEnumerator Golden(string file, string key) =>
        Goldens.Json(Goldens.Own(file)).GetProperty(key).EnumerateArray();

    private static string Name(JsonElement golden) => golden.GetProperty("file").GetString()!;

    private static string Hash(Picture picture) =>
        Convert.ToHexStringLower(SHA256.HashData(picture.ToRgb().Pixels));

    private static string Pillow(PictureMode mode) =>
        mode switch
        {
            PictureMode.Gray => "L",
            PictureMode.GrayAlpha => "LA",
            PictureMode.Rgb => "RGB",
            PictureMode.Rgba => "RGBA",
            _ => "CMYK",
        };
}
