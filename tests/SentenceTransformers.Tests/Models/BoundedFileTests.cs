namespace SentenceTransformers.Tests;

/// <summary>How much of a model's file is read: as much as it holds, unless that is no model's.</summary>
public sealed class BoundedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // as a cache keeps files
    public void A_file_that_is_far_too_large_is_not_read(bool throughLink)
    {
        var path = folder.Write("huge", "");
        using (var file = File.OpenWrite(path))
            file.SetLength(300L << 20); // takes no space
        if (throughLink)
        {
            File.CreateSymbolicLink(folder["link"], folder["middle"]);
            File.CreateSymbolicLink(folder["middle"], path);
            path = folder["link"];
        }
        Assert.Equal(300L << 20, BoundedFile.Length(path));
        var error = Assert.Throws<ModelFormatException>(() => BoundedFile.Read(path, "a poem"));
        Assert.Contains(
            "314,572,800 bytes, expected at most 268,435,456 for a poem",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_device_that_never_ends_holds_nothing()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "no device files here");
        File.CreateSymbolicLink(folder["config.json"], "/dev/zero");
        Assert.Empty(BoundedFile.Read(folder["config.json"], "a JSON file"));
        Assert.Throws<ModelFormatException>(() => new BinaryFile("/dev/zero").Dispose());
    }

    [Fact]
    public void A_missing_file_and_a_link_to_none_are_named()
    {
        File.CreateSymbolicLink(folder["link"], folder["none"]);
        foreach (var name in new[] { "none", "link" })
            Assert.Contains(
                name,
                Assert
                    .ThrowsAny<IOException>(() => BoundedFile.Read(folder[name], "a vocabulary"))
                    .Message,
                StringComparison.Ordinal
            );
    }
}
