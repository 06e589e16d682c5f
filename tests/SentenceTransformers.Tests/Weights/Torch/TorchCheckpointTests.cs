namespace SentenceTransformers.Tests;

/// <summary>Checkpoints as torch.save writes them, in both forms.</summary>
public sealed class TorchCheckpointTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public static TheoryData<bool> Forms => [false, true];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Tensors_are_read_by_their_names(bool legacy)
    {
        using var file = Open(
            legacy,
            TorchView.Floats("linear.weight", "0", [2, 3], 1, 2, 3, 4, 5, 6),
            TorchView.Floats("linear.bias", "1", [2], 7, 8),
            TorchView.Floats("scale", "2", [], 9)
        );
        Assert.Equal(["linear.weight", "linear.bias", "scale"], file.Tensors.Keys);
        Assert.Equal("linear.weight F32 [2, 3]", file.Tensors["linear.weight"].ToString());
        Assert.Equal([1, 2, 3, 4, 5, 6], file.ReadFloats("linear.weight", 2, 3));
        Assert.Equal([7, 8], file.ReadFloats("linear.bias", 2));
        Assert.Equal([9], file.ReadFloats("scale"));
        Assert.Null(file.Tensors["linear.weight"].Strides);
    }

    [Theory]
    [InlineData("FloatStorage", "F32", new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0 })]
    [InlineData("HalfStorage", "F16", new byte[] { 0x00, 0x3E, 0x00, 0xC0 })]
    [InlineData("BFloat16Storage", "BF16", new byte[] { 0xC0, 0x3F, 0x00, 0xC0 })]
    [InlineData(
        "DoubleStorage",
        "F64",
        new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 }
    )]
    public void Every_floating_type_is_read_as_floats(string type, string dtype, byte[] data)
    {
        foreach (var legacy in (bool[])[false, true])
        {
            var view = TorchView.Floats("w", "0", [2], 0, 0) with { Class = type, Storage = data };
            using var file = Open(legacy, view);
            Assert.Equal(dtype, file.Tensors["w"].DType);
            Assert.Equal([1.5f, -2f], file.ReadFloats("w"));
        }
    }

    [Theory]
    [InlineData("LongStorage", "I64", 8)]
    [InlineData("IntStorage", "I32", 4)]
    [InlineData("ShortStorage", "I16", 2)]
    [InlineData("CharStorage", "I8", 1)]
    [InlineData("ByteStorage", "U8", 1)]
    [InlineData("BoolStorage", "BOOL", 1)]
    public void A_buffer_that_is_not_floating_is_listed_but_not_read(
        string type,
        string dtype,
        int size
    )
    {
        foreach (var legacy in (bool[])[false, true])
        {
            var ids = TorchView.Floats("position_ids", "0", [1, 3], 0, 0, 0) with
            {
                Class = type,
                Storage = new byte[3 * size],
            };
            using var file = Open(legacy, ids, TorchView.Floats("w", "1", [1], 5));
            Assert.Equal(dtype, file.Tensors["position_ids"].DType);
            Assert.Equal(3 * size, file.Tensors["position_ids"].ByteLength);
            Assert.Throws<ModelFormatException>(() => file.ReadFloats("position_ids"));
            Assert.Equal([5], file.ReadFloats("w"));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_view_is_read_in_its_own_order(bool legacy)
    {
        var whole = TorchView.Floats("whole", "0", [2, 3], 1, 2, 3, 4, 5, 6);
        using var file = Open(
            legacy,
            whole,
            whole with
            {
                Name = "tied",
            },
            whole with
            {
                Name = "transposed",
                Shape = [3, 2],
                Strides = [1, 3],
            },
            whole with
            {
                Name = "second row",
                Start = 3,
                Shape = [3],
                Strides = [1],
            },
            whole with
            {
                Name = "last column",
                Start = 2,
                Shape = [2],
                Strides = [3],
            },
            whole with
            {
                Name = "expanded",
                Start = 1,
                Shape = [2, 2, 2],
                Strides = [0, 1, 3],
            },
            whole with
            {
                Name = "one row of odd stride",
                Shape = [1, 3],
                Strides = [77, 1],
            },
            whole with
            {
                Name = "empty",
                Start = 6,
                Shape = [0, 5],
                Strides = [5, 1],
            }
        );
        Assert.Equal([1, 2, 3, 4, 5, 6], file.ReadFloats("tied"));
        Assert.Equal([1, 4, 2, 5, 3, 6], file.ReadFloats("transposed", 3, 2));
        Assert.Equal([1, 0], file.Tensors["transposed"].AxesAsStored()!);
        Assert.Equal([4, 5, 6], file.ReadFloats("second row"));
        Assert.Null(file.Tensors["second row"].Strides);
        Assert.Equal([3, 6], file.ReadFloats("last column"));
        Assert.Null(file.Tensors["last column"].AxesAsStored());
        Assert.Equal([2, 5, 3, 6, 2, 5, 3, 6], file.ReadFloats("expanded"));
        Assert.Null(file.Tensors["expanded"].AxesAsStored());
        Assert.Equal([1, 2, 3], file.ReadFloats("one row of odd stride"));
        Assert.Null(file.Tensors["one row of odd stride"].Strides);
        Assert.Empty(file.ReadFloats("empty"));
    }

    [Fact]
    public void A_view_that_holds_NaN_is_refused_by_name()
    {
        var whole = TorchView.Floats("whole", "0", [2, 2], 1, 2, float.NaN, 4);
        using var file = Open(legacy: false, whole with { Name = "transposed", Strides = [1, 2] });
        var error = Assert.Throws<ModelFormatException>(() => file.EnsureFinite("transposed"));
        Assert.EndsWith(
            "transposed: holds NaN at element 1",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_parameter_is_the_tensor_that_it_wraps(bool legacy)
    {
        var tensor = TorchView.Floats("w", "0", [2], 1, 2);
        var pickle = new PickleWriter()
            .Op('}')
            .Text("w")
            .Global("torch._utils", "_rebuild_parameter")
            .Op('(')
            .Tensor(tensor, legacy)
            .Bytes(0x88) // requires_grad
            .EmptyOrderedDict()
            .Op('t', 'R', 's')
            .Stop();
        using var file = WeightFile.Open(
            folder.Write(
                "pytorch_model.bin",
                legacy ? TorchFile.Legacy(pickle, tensor) : TorchFile.Archive(pickle, tensor)
            )
        );
        Assert.Equal([1, 2], file.ReadFloats("w"));
    }

    [Fact]
    public void What_is_no_tensor_is_passed_over()
    {
        var tensor = TorchView.Floats("w", "0", [1], 1);
        var pickle = new PickleWriter().Op('}', '(');
        pickle.Text("epoch").Number(-7).Text("rate").Op('G').Bytes(new byte[8]);
        pickle.Text("type").Global("torch", "float32").Text("none").Op('N');
        pickle.Text("big").Number(1L << 40).Text("list").Op(']').Number(1).Op('a');
        pickle.Text("w").Tensor(tensor, legacy: false);
        using var file = WeightFile.Open(
            folder.Write("pytorch_model.bin", TorchFile.Archive(pickle.Op('u').Stop(), tensor))
        );
        Assert.Equal(["w"], file.Tensors.Keys);
    }

    [Fact]
    public void A_folder_prefers_safetensors_and_knows_the_shards_of_both()
    {
        folder.Write("a.bin", TorchFile.Archive(TorchView.Floats("w", "0", [1], 1)));
        folder.Write("b.bin", TorchFile.Legacy(TorchView.Floats("v", "0", [1], 2)));
        folder.Write(
            "pytorch_model.bin.index.json",
            """{"metadata":{},"weight_map":{"w":"a.bin","v":"b.bin"}}"""
        );
        using (var shards = WeightFile.OpenFolder(folder.Path))
        {
            Assert.Equal([1], shards.ReadFloats("w"));
            Assert.Equal([2], shards.ReadFloats("v"));
        }
        folder.Write("pytorch_model.bin", TorchFile.Archive(TorchView.Floats("w", "0", [1], 3)));
        using (var single = WeightFile.OpenFolder(folder.Path))
            Assert.Equal([3], single.ReadFloats("w"));
        folder.WriteSafetensors("model.safetensors", ("w", [1], [4]));
        using var preferred = WeightFile.OpenFolder(folder.Path);
        Assert.Equal([4], preferred.ReadFloats("w"));
    }

    private WeightFile Open(bool legacy, params TorchView[] tensors) =>
        WeightFile.Open(
            folder.Write(
                "pytorch_model.bin",
                legacy ? TorchFile.Legacy(tensors) : TorchFile.Archive(tensors)
            )
        );
}
