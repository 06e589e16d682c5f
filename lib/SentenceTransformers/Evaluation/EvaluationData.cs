using Microsoft.Extensions.AI;

namespace SentenceTransformers;

/// <summary>What evaluators demand of the data they are given.</summary>
internal static class EvaluationData
{
    public static void RequireSome<T>(IReadOnlyCollection<T> items, string name)
    {
        ArgumentNullException.ThrowIfNull(items, name);
        if (items.Count == 0)
            throw new ArgumentException("nothing to evaluate on", name);
    }

    public static void RequireSameCount(int expected, int found, string name)
    {
        if (found != expected)
            throw new ArgumentException($"expected {expected}, found {found}", name);
    }

    public static void RequireFinite(IReadOnlyList<double> numbers, string name)
    {
        for (var i = 0; i < numbers.Count; i++)
            if (!double.IsFinite(numbers[i]))
                throw new ArgumentException(
                    $"holds {(double.IsNaN(numbers[i]) ? "NaN" : "an infinity")} at {i}",
                    name
                );
    }

    /// <summary>What a service gives for texts, one vector each and each of finite numbers: a service is not to be trusted.</summary>
    public static async Task<float[][]> EncodeAsync(
        IEmbeddingGenerator<string, Embedding<float>> model,
        string[] texts,
        CancellationToken cancellation
    )
    {
        var embeddings = await model
            .GenerateAsync(texts, cancellationToken: cancellation)
            .ConfigureAwait(false);
        if (embeddings.Count != texts.Length)
            throw new InvalidOperationException(
                $"{model.GetType().Name} gave {embeddings.Count} embeddings for {texts.Length} texts"
            );
        float[][] vectors = [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
        foreach (var (i, vector) in vectors.Index())
            if (NonFinite.IndexIn(vector, out var found) is >= 0 and var place)
                throw new InvalidOperationException(
                    $"{model.GetType().Name} gave {found} as number {place} of the embedding of text {i}"
                );
        return vectors;
    }

    /// <summary>The functions asked for, each once, or else the model's own.</summary>
    public static SimilarityFunction[] Functions(
        IEnumerable<SimilarityFunction>? given,
        SimilarityFunction otherwise
    ) => given?.Distinct().ToArray() is { Length: > 0 } functions ? functions : [otherwise];
}
