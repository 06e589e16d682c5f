namespace SentenceTransformers.Tests;

/// <summary>Damaged checkpoints either load or give the one error that names them; nothing else happens.</summary>
public sealed class TorchDamageTests : IDisposable
{
    private const int Mutations = 4000;

    private readonly ModelFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_checkpoint_cut_short_is_refused_wherever_it_ends(bool legacy)
    {
        var whole = Checkpoint(legacy);
        Assert.True(Loads(whole));
        for (var length = 0; length < whole.Length; length++)
            Assert.False(Loads(whole[..length]), $"cut to {length} bytes");
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model_legacy.bin")]
    public void A_checkpoint_of_torch_cut_short_is_refused(string name)
    {
        var whole = File.ReadAllBytes(Goldens.Shared($"models/bert-tiny-variants/{name}"));
        Assert.True(Loads(whole));
        for (var length = 0; length < whole.Length; length += 1000)
            Assert.False(Loads(whole[..length]), $"cut to {length} bytes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_checkpoint_with_any_bytes_changed_loads_or_is_refused(bool legacy)
    {
        var whole = Checkpoint(legacy);
        var random = new Random(20250117);
        var loaded = 0;
        for (var i = 0; i < Mutations; i++)
            if (Loads(Mutate(whole, random)))
                loaded++;
        // Both must happen, or the mutations test nothing: weights change unnoticed, the rest hardly ever does.
        Assert.InRange(loaded, Mutations / 100, Mutations * 9 / 10);
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? (byte)0 : (byte)255;
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                default: // a piece of itself elsewhere
                    var piece = bytes.GetRange(at, Math.Min(random.Next(1, 17), bytes.Count - at));
                    bytes.InsertRange(random.Next(bytes.Count), piece);
                    break;
            }
        }
        return [.. bytes];
    }

    private bool Loads(byte[] bytes)
    {
        var path = folder.Write("pytorch_model.bin", bytes);
        try
        {
            using var file = WeightFile.Open(path);
            foreach (var tensor in file.Tensors.Values.Where(t => t.DType == "F32"))
                file.ReadFloats(tensor.Name);
            return true;
        }
        catch (ModelFormatException error)
        {
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static byte[] Checkpoint(bool legacy)
    {
        var weight = TorchView.Floats("weight", "0", [2, 3], 1, 2, 3, 4, 5, 6);
        TorchView[] views =
        [
            weight,
            weight with
            {
                Name = "transposed",
                Shape = [3, 2],
                Strides = [1, 3],
            },
            TorchView.Floats("bias", "1", [2], 7, 8),
        ];
        return legacy ? TorchFile.Legacy(views) : TorchFile.Archive(views);
    }
}
