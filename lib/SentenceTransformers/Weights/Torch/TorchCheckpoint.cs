namespace SentenceTransformers;

/// <summary>What torch.save writes: a pickled state dict, and the raw numbers of its storages.</summary>
internal static class TorchCheckpoint
{
    public static IReadOnlyDictionary<string, WeightTensor> Read(BinaryFile file) =>
        throw file.Invalid("not read so far; convert these weights to safetensors");
}
