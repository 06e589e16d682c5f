using System.Buffers;

namespace SentenceTransformers;

/// <summary>The transformer's output: one vector for each token of each text of a batch.</summary>
/// <param name="values">The numbers, row after row; shape [batch, tokens, dimension]. There may be more behind them.</param>
/// <param name="batchSize">How many texts.</param>
/// <param name="tokenCount">How many tokens each text has, padding included.</param>
/// <param name="dimension">How many numbers each token has.</param>
public sealed class TokenEmbeddings(float[] values, int batchSize, int tokenCount, int dimension)
{
    /// <summary>The numbers, row after row; shape [batch, tokens, dimension].</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, batchSize * tokenCount * dimension);

    /// <summary>How many texts the batch holds.</summary>
    public int BatchSize => batchSize;

    /// <summary>How many tokens each text has, padding included.</summary>
    public int TokenCount => tokenCount;

    /// <summary>How many numbers each token has.</summary>
    public int Dimension => dimension;

    /// <summary>The vector of one token of one text; shape [dimension].</summary>
    public ReadOnlySpan<float> this[int text, int token]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                (uint)text,
                (uint)batchSize,
                nameof(text)
            );
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                (uint)token,
                (uint)tokenCount,
                nameof(token)
            );
            return values.AsSpan((text * tokenCount + token) * dimension, dimension);
        }
    }

    /// <summary>A copy in memory of the shared pool.</summary>
    internal static float[] Rent(ReadOnlySpan<float> found)
    {
        var copy = ArrayPool<float>.Shared.Rent(found.Length);
        found.CopyTo(copy);
        return copy;
    }

    /// <summary>Lends rented memory to the next batch: for whoever has read everything and hands these embeddings to nobody.</summary>
    /// <remarks>Memory that is never given back is the garbage collector's, as any other.</remarks>
    internal void Recycle()
    {
        ArrayPool<float>.Shared.Return(values);
        values = []; // who reads on all the same gets an exception, not another batch's numbers
    }

    /// <summary>The shape as Python prints it, such as "(3, 9, 256)".</summary>
    public override string ToString() => $"({batchSize}, {tokenCount}, {dimension})";
}
