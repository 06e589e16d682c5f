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

        var pooled = new float[tokens.BatchSize][];
        for (var text = 0; text < pooled.Length; text++)
        {
            pooled[text] = new float[OutputDimension];
            PoolText(
                tokens,
                text,
                mask.AsSpan(text * tokens.TokenCount, tokens.TokenCount),
                features.PromptLength,
                pooled[text]
            );
        }
        features.SentenceEmbeddings = pooled;
    }

    private void PoolText(
        TokenEmbeddings tokens,
        int text,
        ReadOnlySpan<long> mask, // [tokens]
        int promptLength,
        Span<float> pooled // [modes * dimension], zeros
    )
    {
        // Tokens before `start` do not count. The prompt begins behind the padding on the left.
        var start = 0;
        if (!IncludePrompt && promptLength > 0)
            start = (int)
                Math.Min((long)Math.Max(NextToken(mask, 0), 0) + promptLength, mask.Length);

        foreach (var mode in modes)
        {
            PoolText(mode, tokens, text, mask, start, pooled[..EmbeddingDimension]);
            pooled = pooled[EmbeddingDimension..];
        }
    }

    private static void PoolText(
        PoolingMode mode,
        TokenEmbeddings tokens,
        int text,
        ReadOnlySpan<long> mask,
        int start,
        Span<float> pooled // [dimension], zeros
    )
    {
        switch (mode)
        {
            case PoolingMode.Cls:
                tokens[text, Math.Max(NextToken(mask, start), 0)].CopyTo(pooled);
                break;

            case PoolingMode.Max:
                pooled.Fill(float.NegativeInfinity);
                for (var t = NextToken(mask, start); t >= 0; t = NextToken(mask, t + 1))
                    TensorPrimitives.Max(pooled, tokens[text, t], pooled);
                break;

            // Both sum token by token, so that padding and batch leave no trace in the last bits.
            case PoolingMode.Mean:
            case PoolingMode.MeanSqrtLenTokens:
                var count = 0;
                for (var t = NextToken(mask, start); t >= 0; t = NextToken(mask, t + 1))
                {
                    TensorPrimitives.Add(pooled, tokens[text, t], pooled);
                    count++;
                }
                if (count > 0)
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
                if (weights > 0)
                    TensorPrimitives.Divide(pooled, weights, pooled);
                break;

            case PoolingMode.LastToken:
                var last = mask.LastIndexOfAnyExcept(0);
                if (last >= start)
                    tokens[text, last].CopyTo(pooled);
                break;
        }
    }

    /// <summary>The first position from <paramref name="from"/> on whose token counts, or -1.</summary>
    private static int NextToken(ReadOnlySpan<long> mask, int from)
    {
        var step = mask[from..].IndexOfAnyExcept(0);
        return step < 0 ? -1 : from + step;
    }
}
