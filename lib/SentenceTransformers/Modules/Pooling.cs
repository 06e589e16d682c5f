using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>Turns the token embeddings of each text into one vector of fixed length, leaving padding out.</summary>
/// <remarks>Follows <c>Pooling</c> of sentence-transformers 6; several modes are concatenated in the order given.</remarks>
public sealed partial class Pooling : IModule
{
    private readonly PoolingMode[] modes;

    /// <summary>Creates a pooling of one mode that counts a prompt's tokens too.</summary>
    /// <param name="embeddingDimension">How many numbers each token has.</param>
    /// <param name="mode">How tokens become one vector.</param>
    public Pooling(int embeddingDimension, PoolingMode mode = PoolingMode.Mean)
        : this(embeddingDimension, [mode]) { }

    /// <summary>Creates a pooling that concatenates the vectors of one or more modes.</summary>
    /// <param name="embeddingDimension">How many numbers each token has.</param>
    /// <param name="modes">The modes, in the order of their vectors.</param>
    /// <param name="includePrompt">Whether the tokens of a prompt count.</param>
    /// <exception cref="ArgumentException">The dimension is not positive, or there is no mode, or an undefined one.</exception>
    public Pooling(
        int embeddingDimension,
        IReadOnlyList<PoolingMode> modes,
        bool includePrompt = true
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embeddingDimension);
        ArgumentNullException.ThrowIfNull(modes);
        if (modes.Count == 0)
            throw new ArgumentException("expected at least one mode", nameof(modes));
        if (modes.Any(mode => !Enum.IsDefined(mode)))
            throw new ArgumentException("not a pooling mode", nameof(modes));

        EmbeddingDimension = embeddingDimension;
        this.modes = [.. modes];
        IncludePrompt = includePrompt;
        OutputDimension = checked(embeddingDimension * modes.Count);
    }

    /// <summary>How many numbers each token has.</summary>
    public int EmbeddingDimension { get; }

    /// <summary>The modes whose vectors are concatenated, in order.</summary>
    public IReadOnlyList<PoolingMode> Modes => modes;

    /// <summary>Whether the tokens of a prompt count.</summary>
    public bool IncludePrompt { get; }

    /// <summary>How many numbers each text gets: the embedding dimension times the number of modes.</summary>
    public int OutputDimension { get; }

    /// <summary>Sets <see cref="Features.SentenceEmbeddings"/>, shape [batch][<see cref="OutputDimension"/>], from the token embeddings.</summary>
    /// <remarks>
    /// An empty mask counts every token. A text without a token that counts gets zeros, but token 0 from
    /// <see cref="PoolingMode.Cls"/> and negative infinity from <see cref="PoolingMode.Max"/>, as in the reference.
    /// </remarks>
    /// <exception cref="InvalidOperationException">There are no token embeddings, or they do not fit this module or the mask.</exception>
    public void Forward(Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var tokens =
            features.TokenEmbeddings
            ?? throw new InvalidOperationException(
                "Pooling reads token embeddings, and there are none: a transformer goes before it"
            );
        if (tokens.Dimension != EmbeddingDimension)
            throw new InvalidOperationException(
                $"Pooling expects {EmbeddingDimension} numbers a token, found {tokens.Dimension}"
            );
        if (tokens.TokenCount == 0)
            throw new InvalidOperationException("Pooling needs at least one token a text");

        var mask = features.AttentionMask; // [batch, tokens]
        var size = tokens.BatchSize * tokens.TokenCount;
        if (mask.Length == 0)
            Array.Fill(mask = new long[size], 1);
        if (mask.Length != size)
            throw new InvalidOperationException(
                $"the attention mask has {mask.Length} numbers for {tokens.BatchSize} x {tokens.TokenCount} tokens"
            );

        RequireOneEach(features.ClsTokenEmbeddings, tokens.BatchSize);
        if (features.TokenWeightsSum is { } sums && sums.Length != tokens.BatchSize)
            throw new InvalidOperationException(
                $"{sums.Length} sums of token weights for {tokens.BatchSize} texts"
            );

        var pooled = new float[tokens.BatchSize][];
        for (var text = 0; text < pooled.Length; text++)
        {
            var row = mask.AsSpan(text * tokens.TokenCount, tokens.TokenCount);
            pooled[text] = new float[OutputDimension];
            for (var i = 0; i < modes.Length; i++)
                Pool(
                    modes[i],
                    features,
                    text,
                    row,
                    Start(row, features.PromptLength),
                    pooled[text].AsSpan(i * EmbeddingDimension, EmbeddingDimension)
                );
        }
        features.SentenceEmbeddings = pooled;
    }

    private void RequireOneEach(float[][]? vectors, int batchSize)
    {
        if (vectors is null)
            return;
        if (vectors.Length != batchSize || vectors.Any(row => row.Length != EmbeddingDimension))
            throw new InvalidOperationException(
                $"expected a first token of {EmbeddingDimension} numbers for each of {batchSize} texts"
            );
    }

    /// <summary>The first position that may count: a prompt that is left out begins behind the padding on the left.</summary>
    private int Start(ReadOnlySpan<long> mask, int promptLength) =>
        IncludePrompt || promptLength <= 0
            ? 0
            : (int)Math.Min((long)Math.Max(NextToken(mask, 0), 0) + promptLength, mask.Length);

    private static void Pool(
        PoolingMode mode,
        Features features,
        int text,
        ReadOnlySpan<long> mask, // [tokens]
        int start,
        Span<float> pooled // [dimension], zeros
    )
    {
        var tokens = features.TokenEmbeddings!;
        switch (mode)
        {
            case PoolingMode.Cls:
                var first = features.ClsTokenEmbeddings is { } own
                    ? own[text]
                    : tokens[text, Math.Max(NextToken(mask, start), 0)];
                first.CopyTo(pooled);
                break;

            case PoolingMode.Max:
                pooled.Fill(float.NegativeInfinity);
                for (var t = NextToken(mask, start); t >= 0; t = NextToken(mask, t + 1))
                    TensorPrimitives.Max(pooled, tokens[text, t], pooled);
                break;

            // Sums go token by token, so that padding and batch leave no trace in the last bits.
            case PoolingMode.Mean:
            case PoolingMode.MeanSqrtLenTokens:
                var count = 0f;
                for (var t = NextToken(mask, start); t >= 0; t = NextToken(mask, t + 1))
                {
                    TensorPrimitives.Add(pooled, tokens[text, t], pooled);
                    count++;
                }
                count = Divisor(features, text, count);
                TensorPrimitives.Divide(
                    pooled,
                    mode == PoolingMode.Mean ? count : MathF.Sqrt(count),
                    pooled
                );
                break;

            // The weight is the position in the row, padding on the left included.
            case PoolingMode.WeightedMean:
                var weights = 0f;
                for (var t = NextToken(mask, start); t >= 0; t = NextToken(mask, t + 1))
                {
                    TensorPrimitives.MultiplyAdd(tokens[text, t], t + 1, pooled, pooled);
                    weights += t + 1;
                }
                TensorPrimitives.Divide(pooled, Divisor(features, text, weights), pooled);
                break;

            case PoolingMode.LastToken:
                var last = mask.LastIndexOfAnyExcept(0);
                if (last >= start)
                    tokens[text, last].CopyTo(pooled);
                break;
        }
    }

    /// <summary>What a sum is divided by: the weights' own sum where it is known, and never 0, so that no tokens give zeros.</summary>
    private static float Divisor(Features features, int text, float sum) =>
        Math.Max(features.TokenWeightsSum is { } sums ? sums[text] : sum, 1e-9f);

    /// <summary>The first position from <paramref name="from"/> on whose token counts, or -1.</summary>
    private static int NextToken(ReadOnlySpan<long> mask, int from)
    {
        var step = mask[from..].IndexOfAnyExcept(0);
        return step < 0 ? -1 : from + step;
    }
}
