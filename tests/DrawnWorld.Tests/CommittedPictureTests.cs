using System.Text.Json;

namespace DrawnWorld.Tests;

/// <summary>The lessons' pictures are those that the code draws from data/pictures/pictures.jsonl.</summary>
public sealed class CommittedPictureTests
{
    private static readonly string Folder = Path.Combine(Goldens.Repository, "data", "pictures");

    [Fact]
    public void Every_picture_of_the_list_is_there_and_nothing_else()
    {
        var listed = PictureFile
            .ReadList(Path.Combine(Folder, "pictures.jsonl"))
            .Select(picture => picture.File);
        var found = Directory
            .GetFiles(Folder, "*.png", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'));
        Assert.Equal(listed.Order(), found.Order());
    }

    [Fact]
    public void Each_is_drawn_again_as_it_was()
    {
        var pictures = PictureFile.ReadList(Path.Combine(Folder, "pictures.jsonl"));
        Assert.Equal(26, pictures.Count);
        foreach (var picture in pictures)
        {
            var drawn = picture.Scene.Draw(picture.Width, picture.Height).Pixels;
            var committed = ReadPixels(Path.Combine(Folder, picture.File), drawn.Length);
            // Sines differ in their last bit from processor to processor, and a pixel on an edge with them.
            var different = drawn
                .Zip(committed, (a, b) => Math.Abs(a - b))
                .Count(difference => difference > 2);
            Assert.True(
                different <= drawn.Length / 1000,
                $"{picture.File}: {different} values differ"
            );
        }
    }

    [Fact]
    public void A_list_with_an_unknown_word_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "list.jsonl");
        File.WriteAllText(
            path,
            """{"file":"a.png","width":8,"height":8,"scene":{"subject":"horse","color":"red","place":"snow"}}"""
        );
        Assert.Throws<JsonException>(() => PictureFile.ReadList(path));
    }

    /// <summary>Undoes what PngWriter does, and nothing more.</summary>
    private static byte[] ReadPixels(string path, int length)
    {
        var file = File.ReadAllBytes(path);
        var width = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16));
        using var zlib = new System.IO.Compression.ZLibStream(
            new MemoryStream(file, 41, file.Length - 41),
            System.IO.Compression.CompressionMode.Decompress
        );
        var pixels = new byte[length];
        for (var start = 0; start < length; start += width * 3)
        {
            Assert.Equal(1, zlib.ReadByte());
            var row = pixels.AsSpan(start, width * 3);
            zlib.ReadExactly(row);
            for (var index = 3; index < row.Length; index++)
                row[index] += row[index - 3];
        }
        return pixels;
    }
}
