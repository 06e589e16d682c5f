using System.Text;

namespace SentenceTransformers.Tests;

/// <summary>A model folder whose weights a test writes itself.</summary>
internal sealed class ModelFolder : TemporaryFolder
{
    /// <summary>Writes a safetensors file with any header, valid or not, and returns its path.</summary>
    public string WriteSafetensors(string header, byte[] data, string name = "model.safetensors") =>
        Write(
            name,
            [
                .. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)),
                .. Encoding.UTF8.GetBytes(header),
                .. data,
            ]
        );

    /// <summary>Writes a valid safetensors file of F32 tensors and returns its path.</summary>
    public string WriteSafetensors(
        string name,
        params (string Name, int[] Shape, float[] Values)[] tensors
    )
    {
        var entries = new List<string>();
        var data = new List<byte>();
        foreach (var tensor in tensors)
        {
            var begin = data.Count;
            data.AddRange(tensor.Values.SelectMany(BitConverter.GetBytes));
            entries.Add(
                $$"""
                "{{tensor.Name}}":{"dtype":"F32","shape":[{{string.Join(
                    ',',
                    tensor.Shape
                )}}],"data_offsets":[{{begin}},{{data.Count}}]}
                """
            );
        }
        return WriteSafetensors($"{{{string.Join(',', entries)}}}", [.. data], name);
    }
}
