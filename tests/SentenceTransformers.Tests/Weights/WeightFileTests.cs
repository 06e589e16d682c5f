using System.Runtime.InteropServices;

namespace SentenceTransformers.Tests;

public sealed class WeightFileTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("F32", new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0 })] // IEEE 754 single, little endian
    [InlineData("F16", new byte[] { 0x00, 0x3E, 0x00, 0xC0 })] // IEEE 754 half
    [InlineData("BF16", new byte[] { 0xC0, 0x3F, 0x00, 0xC0 })] // the upper half of a single
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    public void Every_floating_type_is_read_as_floats(string type, byte[] data)
    {
        using var file = WeightFile.Open(Tensor(type, 2, data));
        Assert.Equal([1.5f, -2f], file.ReadFloats("w"));
    }

    [Fact]
    public void Every_finite_half_is_widened_exactly()
    {
        var halves = Enumerable
            .Range(0, 1 << 16)
            .Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))
            .Where(Half.IsFinite)
            .ToArray();
        var data = MemoryMarshal.AsBytes<Half>(halves).ToArray();
        using var file = WeightFile.Open(Tensor("F16", halves.Length, data));
        Assert.Equal(halves.Select(half => (float)half), file.ReadFloats("w"));
    }

    [Fact]
    public void Every_finite_bfloat_is_widened_exactly()
    {
        var upper = Enumerable
            .Range(0, 1 << 16)
            .Select(bits => (ushort)bits)
            .Where(bits => (bits & 0x7F80) != 0x7F80)
            .ToArray();
        var data = MemoryMarshal.AsBytes<ushort>(upper).ToArray();
        using var file = WeightFile.Open(Tensor("BF16", upper.Length, data));
        Assert.Equal(
            upper.Select(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            file.ReadFloats("w")
        );
    }

    [Theory]
    [InlineData(float.NaN, "holds NaN at element 17")]
    [InlineData(float.PositiveInfinity, "holds an infinity at element 17")]
    [InlineData(float.NegativeInfinity, "holds an infinity at element 17")]
    public void A_weight_that_is_no_finite_number_is_refused_by_name(float value, string problem)
    {
        var values = new float[40];
        values[17] = value;
        using var file = WeightFile.Open(
            folder.WriteSafetensors("model.safetensors", ("encoder.weight", [40], values))
        );
        var error = Assert.Throws<ModelFormatException>(() => file.ReadFloats("encoder.weight"));
        Assert.EndsWith($"encoder.weight: {problem}", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ModelFormatException>(() => file.EnsureFinite("encoder.weight"));
        Assert.EndsWith($"encoder.weight: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_double_beyond_the_floats_is_refused()
    {
        var data = BitConverter.GetBytes(1e300);
        using var file = WeightFile.Open(Tensor("F64", 1, data));
        Assert.Throws<ModelFormatException>(() => file.ReadFloats("w"));
    }

    [Fact]
    public void Scanning_a_tensor_longer_than_a_block_finds_its_last_element()
    {
        var values = new float[(1 << 20) + 3];
        values[^1] = float.NaN;
        using var file = WeightFile.Open(
            folder.WriteSafetensors("model.safetensors", ("w", [values.Length], values))
        );
        var error = Assert.Throws<ModelFormatException>(() => file.EnsureFinite("w"));
        Assert.EndsWith("at element 1048578", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I64", 8)]
    [InlineData("F99", 1)]
    public void A_type_that_is_not_floating_is_listed_but_not_read(string type, int bytes)
    {
        using var file = WeightFile.Open(Tensor(type, 1, new byte[bytes]));
        Assert.Equal(type, file.Tensors["w"].DType);
        var error = Assert.Throws<ModelFormatException>(() => file.ReadFloats("w"));
        Assert.EndsWith($"found {type}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_tensor_and_a_wrong_shape_are_refused_by_name()
    {
        using var file = WeightFile.Open(
            folder.WriteSafetensors("model.safetensors", ("w", [2, 3], new float[6]))
        );
        Assert.Equal(new float[6], file.ReadFloats("w", 2, 3));
        var error = Assert.Throws<ModelFormatException>(() => file.ReadFloats("w", 3, 2));
        Assert.EndsWith(
            "w: expected shape [3, 2], found [2, 3]",
            error.Message,
            StringComparison.Ordinal
        );
        error = Assert.Throws<ModelFormatException>(() => file.ReadFloats("v"));
        Assert.EndsWith("v: no such tensor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_number_and_an_empty_tensor_are_valid()
    {
        using var file = WeightFile.Open(
            folder.WriteSafetensors("model.safetensors", ("one", [], [7]), ("none", [0, 5], []))
        );
        Assert.Equal([7], file.ReadFloats("one"));
        Assert.Empty(file.ReadFloats("none"));
    }

    [Theory]
    [InlineData("F32", 4, " ")]
    [InlineData("F16", 2, "")]
    public void What_lies_at_an_odd_place_is_read_all_the_same(
        string type,
        int bytes,
        string padding
    )
    {
        using var file = WeightFile.Open(Tensor(type, 1, new byte[bytes], padding));
        Assert.Equal(type == "F32" ? 3 : 2, file.Tensors["w"].Offset % 4);
        Assert.Equal([0], file.ReadFloats("w"));
        file.EnsureFinite("w");
    }

    [Fact]
    public void A_closed_file_is_not_read()
    {
        var file = WeightFile.Open(folder.WriteSafetensors("model.safetensors", ("w", [1], [1])));
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.ReadFloats("w"));
        Assert.Throws<ObjectDisposedException>(() => file.EnsureFinite("w"));
    }

    [Fact]
    public void A_folder_without_weights_says_what_it_looked_for()
    {
        var error = Assert.Throws<FileNotFoundException>(() => WeightFile.OpenFolder(folder.Path));
        Assert.EndsWith(
            "holds no weights, expected model.safetensors or model.safetensors.index.json"
                + " or pytorch_model.bin or pytorch_model.bin.index.json",
            error.Message,
            StringComparison.Ordinal
        );
    }

    private string Tensor(string type, int length, byte[] data, string padding = "") =>
        folder.WriteSafetensors(
            $$$"""{"w":{"dtype":"{{{type}}}","shape":[{{{length}}}],"data_offsets":[0,{{{data.Length}}}]}}{{{padding}}}""",
            data
        );
}
