using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>The rows of a matrix in 8 bits: a quarter of the memory to read, for finding candidates that are then scored exactly.</summary>
/// <remarks>Each row has a scale of its own. Numbers are stored as 64 + -63 to 63, because a processor multiplies bytes without a sign by bytes with one.</remarks>
internal sealed unsafe class Int8Rows
{
    private const int Zero = 64;
    private const int Largest = 63;
    private const int QueryLargest = 127;
    private const int RowsOfBlock = 1 << 14; // an array never grows too large, however many rows there are
    private const int Widest = 64; // rows are filled up to whole vectors, with zeros

    private readonly int dimension;
    private readonly int stride;
    private readonly byte[][] blocks;
    private readonly float[] scales;

    public Int8Rows(float* rows, int count, int dimension)
    {
        this.dimension = dimension;
        stride = (dimension + Widest - 1) / Widest * Widest;
        scales = new float[count];
        blocks = new byte[(count + RowsOfBlock - 1) / RowsOfBlock][];
        var address = (nint)rows;
        Parallel.For(0, blocks.Length, block => Fill(block, (float*)address, count));
    }

    /// <summary>The rows of [from, to) that seem to be most like a query.</summary>
    public void Scan(float[] query, int from, int to, BestHits best)
    {
        if (ByteLanes512.IsSupported)
            Scan<ByteLanes512>(query, from, to, best);
        else if (ByteLanes256.IsSupported)
            Scan<ByteLanes256>(query, from, to, best);
        else
            Scan<ByteLanes128>(query, from, to, best);
    }

    /// <inheritdoc cref="Scan(float[], int, int, BestHits)"/>
    public void Scan<TLanes>(float[] query, int from, int to, BestHits best)
        where TLanes : struct, IByteLanes<TLanes>
    {
        var numbers = new sbyte[stride];
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(query));
        var offset = 0; // what storing 64 for 0 adds to each row's sum
        for (var i = 0; largest > 0 && i < query.Length; i++)
        {
            numbers[i] = (sbyte)MathF.Round(query[i] / largest * QueryLargest);
            offset += Zero * numbers[i];
        }
        fixed (sbyte* q = numbers)
            for (var row = from; row < to; )
            {
                var end = Math.Min(to, (row / RowsOfBlock + 1) * RowsOfBlock);
                fixed (byte* block = blocks[row / RowsOfBlock])
                    ScanBlock<TLanes>(q, offset, block, row, end, best);
                row = end;
            }
    }

    // One row after the other, so that memory is read as one stream. Four rows side by side would be four short ones, which a
    // processor foresees badly.
    private void ScanBlock<TLanes>(
        sbyte* query,
        int offset,
        byte* block,
        int from,
        int to,
        BestHits best
    )
        where TLanes : struct, IByteLanes<TLanes>
    {
        for (var row = from; row < to; row++)
        {
            var numbers = block + (long)(row % RowsOfBlock) * stride;
            TLanes a = default,
                b = default,
                c = default,
                d = default;
            var i = 0;
            for (; i + 4 * TLanes.Count <= stride; i += 4 * TLanes.Count)
            {
                var (j, k, l) = (i + TLanes.Count, i + 2 * TLanes.Count, i + 3 * TLanes.Count);
                a = TLanes.MultiplyAdd(numbers + i, query + i, a);
                b = TLanes.MultiplyAdd(numbers + j, query + j, b);
                c = TLanes.MultiplyAdd(numbers + k, query + k, c);
                d = TLanes.MultiplyAdd(numbers + l, query + l, d);
            }
            for (; i < stride; i += TLanes.Count)
                a = TLanes.MultiplyAdd(numbers + i, query + i, a);
            var sum = TLanes.Sum(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)));
            best.Consider(row, (sum - offset) * scales[row]);
        }
    }

    private void Fill(int block, float* rows, int count)
    {
        var first = block * RowsOfBlock;
        var end = Math.Min(count, first + RowsOfBlock);
        var numbers = blocks[block] = new byte[(end - first) * stride];
        Array.Fill(numbers, (byte)Zero);
        for (var row = first; row < end; row++)
        {
            var from = new ReadOnlySpan<float>(rows + (long)row * dimension, dimension);
            var largest = Math.Abs(TensorPrimitives.MaxMagnitude(from));
            scales[row] = largest / Largest; // NaN for a row with NaN, which no query then finds
            if (!(largest > 0))
                continue;
            var to = numbers.AsSpan((row - first) * stride, dimension);
            for (var i = 0; i < dimension; i++)
                to[i] = (byte)(Zero + (int)MathF.Round(from[i] / largest * Largest));
        }
    }
}
