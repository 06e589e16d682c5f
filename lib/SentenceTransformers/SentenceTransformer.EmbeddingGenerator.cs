using Microsoft.Extensions.AI;

namespace SentenceTransformers;

/// <remarks>
/// As an <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/>, a model takes the place of any embedding service in code
/// that is written against Microsoft.Extensions.AI.
/// </remarks>
public sealed partial class SentenceTransformer : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Encodes texts on the thread pool, in their order.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options"><see cref="EmbeddingGenerationOptions.Dimensions"/> keeps that many numbers of each vector.</param>
    /// <param name="cancellationToken">Asked before each batch.</param>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        var encodeOptions = new EncodeOptions { TruncateDimension = options?.Dimensions };
        var vectors = await Task.Run(
                () => Encode(values, encodeOptions, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new GeneratedEmbeddings<Embedding<float>>(
            vectors.Select(vector => new Embedding<float>(vector))
        );
    }

    object? IEmbeddingGenerator.GetService(Type serviceType, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }
}
