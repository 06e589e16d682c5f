namespace SentenceTransformers.Tests;

/// <summary>Headers that break the format, each made by hand; the error names the file and what is wrong.</summary>
public sealed class SafetensorsHeaderTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_valid_file_that_the_cases_below_spoil_opens()
    {
        var path = folder.WriteSafetensors(
            """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}   """,
            new byte[8]
        );
        using var file = WeightFile.Open(path);
        Assert.Equal(["w", "v"], file.Tensors.Keys);
    }

    [Theory]
    [InlineData("", "does not begin with {")]
    [InlineData("nonsense", "does not begin with {")]
    [InlineData("{\"w\":", "not valid JSON")]
    [InlineData(" {}", "does not begin with {")]
    [InlineData("[]", "does not begin with {")]
    [InlineData("""{"w":7}""", "w: expected an object, found number 7")]
    [InlineData("""{"__metadata__":{"format":1}}""", "format: expected a string, found number 1")]
    [InlineData("""{"\ud800":{}}""", "not valid Unicode")]
    [InlineData(
        """{"w":{"\ud800aaaaaaaaaaaa":1,"shape":[2],"data_offsets":[0,8]}}""",
        "w: holds a key that is not valid Unicode"
    )]
    [InlineData("""{"w":{"shape":[2],"data_offsets":[0,8]}}""", "w.dtype: missing")]
    [InlineData("""{"w":{"dtype":"F32","data_offsets":[0,8]}}""", "w.shape: missing")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", "w.data_offsets: missing")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""",
        "w.shape: expected an array of whole numbers, found number 2.5"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""",
        "w.shape: -2 is negative"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""",
        "w.shape: -1 is negative"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1000000000,1000000000,16],"data_offsets":[0,8]}}""",
        "w.shape: [1000000000, 1000000000, 16] is too large"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""",
        "w.shape: [4294967296, 4294967296] is too large"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1000000000,1000000000],"data_offsets":[0,8]}}""",
        "w.data_offsets: holds 8 bytes, but F32 [1000000000, 1000000000] takes 4000000000000000000"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""",
        "w.data_offsets: holds 8 bytes, but F32 [3] takes 12"
    )]
    [InlineData(
        """{"w":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}""",
        "w.data_offsets: holds 8 bytes, but F16 [2] takes 4"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[],"data_offsets":[0,8]}}""",
        "w.data_offsets: holds 8 bytes, but F32 [] takes 4"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""",
        "w.data_offsets: expected 2 numbers, found 1"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""",
        "w.data_offsets: [-8, 0] is not a range of bytes"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""",
        "w.data_offsets: [8, 0] is not a range of bytes"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}""",
        "w.data_offsets: expected an array of whole numbers"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2305843009213693951],"data_offsets":[0,8]}}""",
        "w.shape: [2305843009213693951] is too large"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""",
        "w.data_offsets: ends at byte 12 of the data, but the file holds 8: it is cut short"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}""",
        "w.data_offsets: ends at byte 9223372036854775807"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"v":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "v: data_offsets: overlaps another tensor"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
        "v: data_offsets: overlaps another tensor"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "w: data_offsets: 4 bytes before it belong to no tensor"
    )]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""",
        "the last 4 bytes belong to no tensor"
    )]
    [InlineData("{}", "the last 8 bytes belong to no tensor")]
    [InlineData(
        """{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "w: named twice"
    )]
    public void A_header_that_breaks_the_format_is_refused(string header, string problem)
    {
        var path = folder.WriteSafetensors(header, new byte[8]);
        var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 bytes are too few")]
    [InlineData(7, "7 bytes are too few")]
    [InlineData(8, "a header of 56 bytes in a file of 8: it is cut short")]
    [InlineData(63, "a header of 56 bytes in a file of 63: it is cut short")]
    [InlineData(64, "w.data_offsets: ends at byte 8 of the data, but the file holds 0")]
    [InlineData(71, "w.data_offsets: ends at byte 8 of the data, but the file holds 7")]
    public void A_file_cut_short_is_refused_wherever_it_ends(int length, string problem)
    {
        var whole = File.ReadAllBytes(
            folder.WriteSafetensors(
                """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  """,
                new byte[8]
            )
        );
        Assert.Equal(72, whole.Length);
        var path = folder.Write("cut.safetensors", whole[..length]);
        var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    public void A_header_longer_than_the_reference_reads_is_refused(ulong length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. new byte[8]];
        var path = folder.Write("model.safetensors", file);
        var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
        Assert.Contains("not a safetensors file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_of_a_hundred_thousand_tensors_opens()
    {
        const int Count = 100_000;
        var entries = Enumerable
            .Range(0, Count)
            .Select(i =>
                $$"""
                    "{{i}}":{"dtype":"U8","shape":[1],"data_offsets":[{{i}},{{i + 1}}]}
                    """
            );
        var path = folder.WriteSafetensors($"{{{string.Join(',', entries)}}}", new byte[Count]);
        using var file = WeightFile.Open(path);
        Assert.Equal(Count, file.Tensors.Count);
    }
}
