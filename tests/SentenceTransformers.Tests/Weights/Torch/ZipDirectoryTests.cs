using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SentenceTransformers.Tests;

/// <summary>Archives that lie about their entries, each an honest one with a few bytes changed.</summary>
public sealed class ZipDirectoryTests : IDisposable
{
    // Places in a record of the central directory.
    private const int Flags = 8;
    private const int Method = 10;
    private const int PackedSize = 20;
    private const int Size = 24;
    private const int ExtraLength = 30;
    private const int Header = 42;
    private const int Name = 46;

    private readonly ModelFolder folder = new();
    private readonly byte[] archive = TorchFile.Archive(
        TorchView.Floats("v", "0", [2], 1, 2),
        TorchView.Floats("w", "1", [2], 3, 4)
    );

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_archive_that_the_cases_below_spoil_opens_here_and_elsewhere()
    {
        using (var file = Open(archive))
        {
            Assert.Equal([3, 4], file.ReadFloats("w"));
            Assert.All(file.Tensors.Values, tensor => Assert.Equal(0, tensor.Offset % 64));
        }
        using var zip = new ZipArchive(new MemoryStream(archive));
        Assert.Equal(
            "archive/data.pkl archive/byteorder archive/data/0 archive/data/1 archive/version",
            string.Join(' ', zip.Entries.Select(entry => entry.FullName))
        );
        using var data = zip.GetEntry("archive/data/1")!.Open();
        var bytes = new byte[8];
        data.ReadExactly(bytes);
        Assert.Equal(4, BitConverter.ToSingle(bytes, 4));
    }

    [Theory]
    [InlineData(Flags, 0x0809, "archive/data/1: encrypted")]
    [InlineData(Method, 8, "archive/data/1: compressed")]
    [InlineData(Size, 9, "archive/data/1: 9 bytes stored in 8")]
    [InlineData(PackedSize, 9, "archive/data/1: 8 bytes stored in 9")]
    [InlineData(Header, 0x7fff, "archive/data/1: begins at byte")]
    [InlineData(Header, 0, "archive/data/1: the header at byte 0 is not this entry's")]
    [InlineData(Header, 1, "archive/data/1: the header at byte 1 is not this entry's")]
    [InlineData(ExtraLength, 0x7fff, "directory is cut short")]
    [InlineData(Name, 0x612f, "\"/achive/data/1\" is not the path of an entry")]
    [InlineData(0, 0, "directory is broken")]
    public void An_entry_that_lies_is_refused_by_name(int place, int value, string problem)
    {
        var record = Record("archive/data/1");
        BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(record + place), (ushort)value);
        AssertRefused(problem);
    }

    [Fact]
    public void Sizes_beyond_the_file_are_refused_before_anything_is_allocated()
    {
        foreach (var size in (uint[])[1 << 20, int.MaxValue, uint.MaxValue - 1])
        {
            var record = archive.AsSpan(Record("archive/data/1"));
            BinaryPrimitives.WriteUInt32LittleEndian(record[Size..], size);
            BinaryPrimitives.WriteUInt32LittleEndian(record[PackedSize..], size);
            AssertRefused($"archive/data/1: {size:N0} bytes at byte");
        }
    }

    [Fact]
    public void A_size_of_zip64_that_is_not_there_is_refused()
    {
        var record = archive.AsSpan(Record("archive/data/1"));
        BinaryPrimitives.WriteUInt32LittleEndian(record[Size..], uint.MaxValue);
        AssertRefused("archive/data/1: zip64 sizes are missing");
    }

    [Fact]
    public void Entries_that_overlap_or_reach_into_the_directory_are_refused()
    {
        var first = archive.AsSpan(Record("archive/data/0"));
        BinaryPrimitives.WriteUInt32LittleEndian(first[Size..], 100);
        BinaryPrimitives.WriteUInt32LittleEndian(first[PackedSize..], 100);
        AssertRefused("archive/data/1: overlaps another entry");

        var last = archive.AsSpan(Record("archive/version"));
        BinaryPrimitives.WriteUInt32LittleEndian(last[Size..], 100);
        BinaryPrimitives.WriteUInt32LittleEndian(last[PackedSize..], 100);
        AssertRefused("archive/version: reaches into the archive's directory");
    }

    [Theory]
    [InlineData("../data.pkl")]
    [InlineData("archive/../data.pkl")]
    [InlineData("/data.pkl")]
    [InlineData("C:/data.pkl")]
    [InlineData("a\\data.pkl")]
    [InlineData("a\n/data.pkl")]
    public void A_name_that_leads_elsewhere_is_refused(string name) =>
        AssertRefused(TorchFile.Zip((name, [])), "is not the path of an entry");

    [Fact]
    public void Two_entries_of_one_name_are_refused() =>
        AssertRefused(
            TorchFile.Zip(("a/data.pkl", [1]), ("a/data.pkl", [2])),
            "a/data.pkl: two entries have this name"
        );

    [Theory]
    [InlineData("data.pkl", 0)]
    [InlineData("a/b/data.pkl", 0)]
    [InlineData("a/data.pkl b/data.pkl", 2)]
    [InlineData("a/other.pkl", 0)]
    public void An_archive_without_one_pickle_is_refused(string names, int found) =>
        AssertRefused(
            TorchFile.Zip([.. names.Split(' ').Select(name => (name, new byte[4]))]),
            $"expected one entry FOLDER/data.pkl, found {found}"
        );

    [Theory]
    [InlineData("big")]
    [InlineData("BIG-ENDIAN, all of it, to the last of its many, many bytes")]
    [InlineData("")]
    public void Another_byte_order_is_refused(string order) =>
        AssertRefused(
            TorchFile.Zip(("a/data.pkl", []), ("a/byteorder", Encoding.UTF8.GetBytes(order))),
            "a/byteorder: expected little"
        );

    [Fact]
    public void A_zip_bomb_is_not_unpacked()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("a/data.pkl", CompressionLevel.SmallestSize).Open())
            entry.Write(new byte[10_000_000]);
        Assert.True(bytes.Length < 20_000);
        AssertRefused(bytes.ToArray(), "a/data.pkl: compressed");
    }

    [Theory]
    [InlineData(32, 1_000_000_000_000, "a directory of 1,000,000,000,000 entries")]
    [InlineData(32, 6, "the archive's directory is broken")]
    [InlineData(32, 4, "holds more than its 4 entries")]
    [InlineData(40, 1_000_000_000_000, "entries in 1,000,000,000,000 bytes")]
    [InlineData(40, 1_000_000, "does not fit before its end")]
    [InlineData(48, long.MaxValue, "does not fit before its end")]
    [InlineData(48, -1, "does not fit before its end")]
    [InlineData(0, 0, "zip64: no end record")]
    public void An_end_record_that_lies_is_refused(int place, long value, string problem)
    {
        var end = archive.AsSpan().LastIndexOf("PK\x06\x06"u8);
        BinaryPrimitives.WriteInt64LittleEndian(archive.AsSpan(end + place), value);
        AssertRefused(problem);
    }

    [Fact]
    public void A_locator_that_points_behind_itself_is_refused()
    {
        var locator = archive.AsSpan().LastIndexOf("PK\x06\x07"u8);
        BinaryPrimitives.WriteInt64LittleEndian(archive.AsSpan(locator + 8), long.MaxValue);
        AssertRefused("zip64: an end record at byte 9223372036854775807, behind its locator");
    }

    [Fact]
    public void An_archive_without_zip64_records_is_read_and_so_is_one_with_a_comment()
    {
        var end64 = archive.AsSpan().LastIndexOf("PK\x06\x06"u8);
        var end = archive.AsSpan().LastIndexOf("PK\x05\x06"u8);
        byte[] plain = [.. archive[..end64], .. archive[end..^2], 3, 0, .. "end"u8];
        using var file = Open(plain);
        Assert.Equal([3, 4], file.ReadFloats("w"));
    }

    private int Record(string name)
    {
        var at = archive.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(name)) - Name;
        Assert.Equal("PK\x01\x02"u8, archive.AsSpan(at, 4));
        return at;
    }

    private void AssertRefused(string problem) => AssertRefused(archive, problem);

    private void AssertRefused(byte[] bytes, string problem)
    {
        var error = Assert.Throws<ModelFormatException>(() => Open(bytes));
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private WeightFile Open(byte[] bytes) =>
        WeightFile.Open(folder.Write("pytorch_model.bin", bytes));
}
