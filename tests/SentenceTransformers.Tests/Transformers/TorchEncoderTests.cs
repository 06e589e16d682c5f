using System.Runtime.InteropServices;
using System.Text.Json;

namespace SentenceTransformers.Tests;

/// <summary>Encoders whose weights torch saved give what those in safetensors give: the reference's numbers.</summary>
public sealed class TorchEncoderTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public TorchEncoderTests() =>
        folder.Copy(Goldens.Own("models/bert-tiny/config.json"), "config.json");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model_legacy.bin")]
    public void A_file_that_torch_wrote_gives_the_same(string name)
    {
        var checkpoint = Goldens.Shared($"models/bert-tiny-variants/{name}");
        folder.Copy(checkpoint, "pytorch_model.bin");
        AssertMatches();

        using var torch = WeightFile.Open(checkpoint);
        using var safetensors = WeightFile.OpenFolder(Goldens.Own("models/bert-tiny"));
        Assert.NotEmpty(safetensors.Tensors);
        foreach (var tensor in safetensors.Tensors.Values.Where(t => t.DType == "F32"))
            Assert.Equal(
                safetensors.ReadFloats(tensor.Name, [.. tensor.Shape]),
                torch.ReadFloats(tensor.Name, [.. tensor.Shape])
            );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_row_after_row_give_the_same(bool legacy)
    {
        Write(legacy, view => view);
        AssertMatches();
    }

    [Fact]
    public void Weights_stored_column_after_column_give_the_same()
    {
        Write(legacy: true, Transposed);
        using (var file = WeightFile.OpenFolder(folder.Path))
            Assert.Equal(
                [1, 0],
                file.Tensors["encoder.layer.0.attention.self.query.weight"].AxesAsStored()!
            );
        AssertMatches();
    }

    [Fact]
    public void Doubles_stored_column_after_column_give_the_same()
    {
        Write(
            legacy: false,
            view =>
                Transposed(view) with
                {
                    Class = "DoubleStorage",
                    Storage = Bytes(Array.ConvertAll(Floats(Transposed(view)), x => (double)x)),
                }
        );
        AssertMatches();
    }

    [Fact]
    public void Weights_with_gaps_between_their_numbers_give_the_same()
    {
        Write(
            legacy: false,
            view =>
                view with
                {
                    Storage = Bytes(
                        Floats(view).SelectMany(x => (float[])[float.NaN, x]).ToArray()
                    ),
                    Count = 2 * view.Count,
                    Start = 1,
                    Strides = [.. view.Strides.Select(stride => 2 * stride)],
                }
        );
        AssertMatches();
    }

    [Fact]
    public void A_dense_module_reads_what_torch_saved()
    {
        folder.Write(
            "config.json",
            """{"in_features":2,"out_features":3,"activation_function":"torch.nn.modules.linear.Identity"}"""
        );
        folder.Write(
            "pytorch_model.bin",
            TorchFile.Archive(
                TorchView.Floats("linear.weight", "0", [3, 2], 1, 2, 3, 4, 5, 6),
                TorchView.Floats("linear.bias", "1", [3], 7, 8, 9)
            )
        );
        Assert.Equal([1 + 20 + 7, 3 + 40 + 8, 5 + 60 + 9], Dense.Load(folder.Path).Run([1, 10])[0]);
    }

    private void AssertMatches()
    {
        using var session = EncoderGolden.Open(folder.Path);
        foreach (
            JsonElement golden in EncoderGolden.Cases(Goldens.Own("models/bert-tiny/golden.json"))
        )
            EncoderGolden.AssertMatches(session, golden);
    }

    private void Write(bool legacy, Func<TorchView, TorchView> change)
    {
        using var file = WeightFile.OpenFolder(Goldens.Own("models/bert-tiny"));
        var views = file
            .Tensors.Values.Where(tensor => tensor.DType == "F32")
            .Select(
                (tensor, key) =>
                    change(
                        TorchView.Floats(
                            tensor.Name,
                            $"{key}",
                            [.. tensor.Shape],
                            file.ReadFloats(tensor.Name)
                        )
                    )
            )
            .ToArray();
        folder.Write(
            "pytorch_model.bin",
            legacy ? TorchFile.Legacy(views) : TorchFile.Archive(views)
        );
    }

    private static TorchView Transposed(TorchView view)
    {
        if (view.Shape is not [var rows, var columns])
            return view;
        var values = Floats(view);
        var turned = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            turned[i % columns * rows + i / columns] = values[i];
        return view with { Storage = Bytes(turned), Strides = [1, rows] };
    }

    private static float[] Floats(TorchView view) =>
        MemoryMarshal.Cast<byte, float>(view.Storage).ToArray();

    private static byte[] Bytes<T>(T[] numbers)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(numbers).ToArray();
}
