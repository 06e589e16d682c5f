using System.Text;

namespace SentenceTransformers.Tests;

/// <summary>.npy files that an index opens, and those that it refuses.</summary>
public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 1)]
    [InlineData("{'shape': (2,3), 'descr':'<f4', 'fortran_order':False}", 2)]
    public void A_header_is_read_as_Python_writes_it(string header, byte version)
    {
        using var index = VectorIndex.Open(Write(header, 24, version));

        Assert.Equal((2, 3), (index.Count, index.Dimension));
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 48, "descr")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", 24, "descr")] // a pickle
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 24, "fortran_order")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }", 24, "shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }", 24, "shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3), }", 24, "shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 23, "24 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 28, "24 bytes")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2147483647), }",
        4,
        "bytes"
    )]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3), }", 0, "rows")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 0), }", 0, "rows")]
    [InlineData("__import__('os').system('true')", 24, "descr")]
    public void Another_header_is_refused_by_what_is_wrong(string header, int bytes, string named)
    {
        var path = Write(header, bytes);

        var error = Assert.Throws<ModelFormatException>(() => VectorIndex.Open(path));

        Assert.Contains(path, error.Message);
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("not a matrix at all, but long enough to be one")]
    public void Another_file_is_refused(string text)
    {
        var path = folder.Write("rows.npy", text);

        Assert.Throws<ModelFormatException>(() => VectorIndex.Open(path));
    }

    [Fact]
    public void Every_file_that_is_cut_short_is_refused()
    {
        NpyFile.Write(
            folder["whole.npy"],
            [
                [1f, 2f],
                [3f, 4f],
            ]
        );
        var whole = File.ReadAllBytes(folder["whole.npy"]);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.Write("rows.npy", whole[..length]);
            Assert.Throws<ModelFormatException>(() => VectorIndex.Open(path));
        }
    }

    [Fact]
    public void Rows_of_unlike_length_are_not_written() =>
        Assert.Throws<ArgumentException>(() =>
            NpyFile.Write<float>(
                folder["rows.npy"],
                [
                    [1],
                    [1, 2],
                ]
            )
        );

    private string Write(string header, int bytes, byte version = 1)
    {
        var text = Encoding.ASCII.GetBytes(header + "\n");
        return folder.Write(
            "rows.npy",
            [
                0x93,
                .. "NUMPY"u8,
                version,
                0,
                .. version == 1
                    ? BitConverter.GetBytes((ushort)text.Length)
                    : BitConverter.GetBytes(text.Length),
                .. text,
                .. new byte[bytes],
            ]
        );
    }
}
