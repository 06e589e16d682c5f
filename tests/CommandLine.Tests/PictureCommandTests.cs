using System.Globalization;
using System.Text.Json;
using SentenceTransformers;

namespace Workbook.CommandLine.Tests;

/// <summary>Pictures from a shell: to vectors, and beside sentences.</summary>
public sealed class PictureCommandTests : IDisposable
{
    private const string Pictures = "data/pictures/dog.png data/pictures/cat.png";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Encode_images_gives_the_library_s_vectors_a_line_each()
    {
        var result = Shell.Run($"encode-images --model mini-clip {Pictures}");
        Assert.Equal((0, ""), (result.Code, result.Error));
        using var model = SentenceTransformer.Load("mini-clip");
        var expected = model.EncodeImages([
            .. Pictures.Split(' ').Select(path => Path.Combine(Goldens.Repository, path)),
        ]);
        Assert.Equal(2, result.Lines.Length);
        foreach (var (i, line) in result.Lines.Index())
            Goldens.AssertClose(
                expected[i],
                JsonSerializer.Deserialize<float[]>(line),
                1e-6f,
                $"{i}"
            );
    }

    [Fact]
    public void A_matrix_of_pictures_is_written_as_a_NumPy_file()
    {
        var result = Shell.Run(
            $"encode-images --model mini-clip --normalize --output {folder["v.npy"]} {Pictures}"
        );
        Assert.Equal((0, ""), (result.Code, result.Output));
        Assert.Equal(2 * 128 * 4 + 128, new FileInfo(folder["v.npy"]).Length);
    }

    [Fact]
    public void Similarity_compares_each_picture_with_each_sentence()
    {
        var result = Shell.Run(
            $"similarity --model mini-clip --plot {folder["m.svg"]} --images {Pictures}",
            "A dog on grass\nBrown cat on yellow background\n노란 배경의 갈색 고양이\n"
        );
        Assert.Equal(0, result.Code);
        var rows = Array.ConvertAll(
            result.Lines,
            line =>
                Array.ConvertAll(
                    line.Split('\t'),
                    x => double.Parse(x, CultureInfo.InvariantCulture)
                )
        );
        Assert.Equal([3, 3], rows.Select(row => row.Length));
        Assert.True(rows[0][0] > rows[0][1] && rows[1][1] > rows[1][0] && rows[1][2] > rows[0][2]);
        Assert.Contains(
            "data:image/png",
            File.ReadAllText(folder["m.svg"]),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("note:", result.Error, StringComparison.Ordinal); // its end of a text is no unknown word
    }

    [Theory]
    [InlineData("encode-images --model mini-clip none.png", 2, "none.png: no such file")]
    [InlineData("encode-images --model mini-clip README.md", 1, "README.md: no picture in JPEG")]
    [InlineData("encode-images --model mini-clip data", 1, "data: a folder, expected a picture")]
    [InlineData("encode-images --model ko-mini data/pictures/dog.png", 2, "reads texts only")]
    [InlineData("encode-images --model mini-clip", 2, "FILE")]
    [InlineData(
        "encode-images --model mini-clip --output v.txt a.png",
        2,
        "v.txt does not end in .npy"
    )]
    [InlineData("similarity --model ko-mini --images data/pictures/dog.png", 2, "reads texts only")]
    public void What_cannot_be_done_is_one_line(string arguments, int code, string message) =>
        Shell.Run(arguments, "a\n").AssertRefused(code, message);

    [Fact]
    public void Verify_computes_the_numbers_of_pictures()
    {
        var result = Shell.Run("models verify mini-clip");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("dog.png / 풀밭 위의 개", result.Output, StringComparison.Ordinal);
        // Numbers of other photos tell the order only: here, of the model for which they were not published.
        var other = Shell.Run($"models verify clip-vit-b-32 --folder models/mini-clip");
        Assert.Equal(0, other.Code);
        Assert.Contains(
            "dog.png: its texts are in the published order",
            other.Output,
            StringComparison.Ordinal
        );
    }
}
