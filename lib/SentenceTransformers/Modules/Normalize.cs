using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>Scales each sentence embedding to length 1, so that the dot product is the cosine similarity.</summary>
/// <remarks>Follows <c>torch.nn.functional.normalize</c>: a row of zeros stays zero.</remarks>
public sealed class Normalize : IModule
{
    // torch's eps: shorter rows are divided by this instead of by their length.
    private const float ShortestLength = 1e-12f;

    /// <summary>Reads a normalize folder, which may be absent or empty; only sentence embeddings are normalised.</summary>
    /// <exception cref="ModelFormatException">config.json asks for another feature than <c>sentence_embedding</c>.</exception>
    public static Normalize Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var path = Path.Combine(folder, "config.json");
        if (File.Exists(path))
            ModuleConfig.RequireSentenceEmbedding(JsonFile.ReadObject(path));
        return new Normalize();
    }

    /// <summary>Replaces the sentence embeddings by rows of length 1; shape [batch][dimension].</summary>
    /// <exception cref="InvalidOperationException">There are no sentence embeddings.</exception>
    public void Forward(Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var embeddings = features.RequireSentenceEmbeddings(nameof(Normalize));
        features.SentenceEmbeddings = Array.ConvertAll(embeddings, row => ToUnitLength(row));
    }

    /// <summary>The module as sentence-transformers 2 prints it.</summary>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <inheritdoc/>
    public string ToString(PrintStyle style) =>
        style == PrintStyle.Classic
            ? "Normalize()"
            : $"Normalize({{{ModuleConfig.SentenceEmbeddingNames}}})";

    /// <summary>A copy of a row scaled to length 1; zeros stay zero.</summary>
    internal static float[] ToUnitLength(ReadOnlySpan<float> row)
    {
        var unit = new float[row.Length];
        TensorPrimitives.Divide(row, Length(row), unit);
        return unit;
    }

    /// <summary>What a row is divided by: its Euclidean length, or eps for a row of (almost) zeros.</summary>
    internal static float Length(ReadOnlySpan<float> row) =>
        Math.Max(TensorPrimitives.Norm(row), ShortestLength);
}
