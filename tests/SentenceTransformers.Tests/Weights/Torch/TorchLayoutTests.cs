namespace SentenceTransformers.Tests;

/// <summary>Checkpoints whose pickle and storages contradict each other.</summary>
public sealed class TorchLayoutTests : IDisposable
{
    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(new[] { 7L }, new[] { 1L }, 0, "reaches beyond its storage 0, F32 [6]")]
    [InlineData(new[] { 6L }, new[] { 1L }, 1, "reaches beyond its storage")]
    [InlineData(new[] { 2L, 3L }, new[] { 4L, 1L }, 0, "reaches beyond its storage")]
    [InlineData(new[] { 2L }, new[] { long.MaxValue }, 0, "reaches beyond its storage")]
    [InlineData(new long[0], new long[0], 6, "reaches beyond its storage")]
    [InlineData(new long[0], new long[0], -1, "reaches beyond its storage")]
    [InlineData(new long[0], new long[0], long.MaxValue, "reaches beyond its storage")]
    [InlineData(new[] { 0L }, new[] { 1L }, 7, "reaches beyond its storage")]
    [InlineData(new[] { -1L }, new[] { 1L }, 0, "is negative")]
    [InlineData(new[] { -1L, -6L }, new[] { 1L, 1L }, 0, "is negative")]
    [InlineData(new[] { 2L }, new[] { -1L }, 5, "is negative")]
    [InlineData(new[] { 6L }, new long[0], 0, "1 lengths and 0 strides")]
    [InlineData(new[] { 1L << 62, 4L }, new[] { 0L, 0L }, 0, "is too large")]
    [InlineData(new[] { 1L << 62, 1L << 62 }, new[] { 0L, 0L }, 0, "is too large")]
    [InlineData(new[] { 1_000_000_000L }, new[] { 0L }, 0, "more than 8 times over")]
    public void A_view_that_its_storage_does_not_hold_is_refused_by_name(
        long[] shape,
        long[] strides,
        long start,
        string problem
    )
    {
        var honest = TorchView.Floats("w", "0", [2, 3], 1, 2, 3, 4, 5, 6);
        AssertRefused(
            $"w: ",
            problem,
            honest with
            {
                Shape = shape,
                Strides = strides,
                Start = start,
            }
        );
    }

    [Fact]
    public void Strides_whose_sum_overflows_are_refused()
    {
        var many = Enumerable.Repeat(2L, 40).ToArray();
        var view = TorchView.Floats("w", "0", [1], 1) with
        {
            Shape = many,
            Strides = Array.ConvertAll(many, _ => long.MaxValue),
        };
        AssertRefused("w: ", "reaches beyond its storage", view);
        var longer = Enumerable.Repeat(1L, 65).ToArray();
        AssertRefused("w: ", "at most 64 axes", view with { Shape = longer, Strides = longer });
    }

    [Fact]
    public void A_storage_of_another_size_than_the_pickle_says_is_refused_by_name()
    {
        foreach (var count in (long[])[5, 7, 1L << 40, long.MaxValue])
        {
            var view = TorchView.Floats("w", "0", [1], 1, 2, 3, 4, 5, 6) with { Count = count };
            var error = Assert.Throws<ModelFormatException>(() => Open(TorchFile.Archive(view)));
            Assert.Contains(
                $"archive/data/0: holds 24 bytes, expected F32 [{count}]",
                error.Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_negative_count_is_refused()
    {
        var view = TorchView.Floats("w", "0", [0]) with { Count = -1 };
        foreach (var file in new[] { TorchFile.Archive(view), TorchFile.Legacy(view) })
        {
            var error = Assert.Throws<ModelFormatException>(() => Open(file));
            Assert.Contains("a persistent id", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_legacy_storage_that_contradicts_the_pickle_is_refused_by_name()
    {
        var view = TorchView.Floats("w", "0", [2], 1, 2);
        var pickle = TorchFile.StateDict(legacy: true, view);
        AssertLegacy(
            pickle,
            view with
            {
                Count = 3,
            },
            "storage 0: holds 3 numbers, expected F32 [2]"
        );
        AssertLegacy(pickle, view with { Count = -1 }, "storage 0: holds -1 numbers");
        AssertLegacy(pickle, view with { Key = "1" }, "storage keys: 1 belongs to no tensor");
        AssertLegacy(pickle, view with { Storage = new byte[7] }, "it is cut short");
        var error = Assert.Throws<ModelFormatException>(() => Open(TorchFile.Legacy(pickle)));
        Assert.EndsWith("storage 0: missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_storage_is_named()
    {
        var view = TorchView.Floats("w", "0", [2], 1, 2);
        var pickle = TorchFile.StateDict(legacy: false, view);
        var error = Assert.Throws<ModelFormatException>(() => Open(TorchFile.Archive(pickle)));
        Assert.EndsWith("archive/data/0: no such entry", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_may_share_a_storage_but_not_a_thousandfold()
    {
        var whole = TorchView.Floats("w0", "0", [1 << 20], new float[1 << 20]); // 4 MiB
        TorchView[] Tied(int count) =>
            [.. Enumerable.Range(0, count).Select(i => whole with { Name = $"w{i}" })];

        using (var file = Open(TorchFile.Archive(Tied(12)))) // 8 times the file, and 16 MiB
            Assert.Equal(12, file.Tensors.Count);
        AssertRefused("w12: ", "more than 8 times over", Tied(13));
    }

    [Theory]
    [InlineData("", "0 bytes are too few")]
    [InlineData("P", "not a checkpoint of torch")]
    [InlineData("PK", "not a checkpoint of torch")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "not a checkpoint of torch")]
    public void A_file_that_is_no_checkpoint_is_refused(string text, string problem)
    {
        var path = folder.Write("pytorch_model.bin", text);
        var error = Assert.Throws<ModelFormatException>(() => WeightFile.Open(path));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private void AssertLegacy(byte[] pickle, TorchView storage, string problem)
    {
        var error = Assert.Throws<ModelFormatException>(() =>
            Open(TorchFile.Legacy(pickle, storage))
        );
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string name, string problem, params TorchView[] tensors)
    {
        foreach (var bytes in new[] { TorchFile.Archive(tensors), TorchFile.Legacy(tensors) })
        {
            var error = Assert.Throws<ModelFormatException>(() => Open(bytes));
            Assert.Contains($"pytorch_model.bin: {name}", error.Message, StringComparison.Ordinal);
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        }
    }

    private WeightFile Open(byte[] bytes) =>
        WeightFile.Open(folder.Write("pytorch_model.bin", bytes));
}
