using System.Runtime.CompilerServices;

namespace SentenceTransformers;

/// <summary>Dot products of queries with every row of a matrix, of which the best are kept: the kernels of exact search.</summary>
/// <remarks>
/// One query is bound by memory: row after row is read as one stream, with four sums going. (Four rows side by side would be
/// four streams, each too short for the processor to foresee it.) Many queries are bound by arithmetic: a tile of rows by
/// queries stays in registers, so that each number that is read is used many times. Rows whose score is NaN are never among the best.
/// </remarks>
internal static unsafe class DotScan
{
    private const int RowsAtOnce = 4;

    /// <summary>One query against rows [from, to).</summary>
    public static void One<TLanes>(
        float* query,
        float* rows,
        int dimension,
        int from,
        int to,
        BestHits best
    )
        where TLanes : struct, ILanes<TLanes>
    {
        for (var row = from; row < to; row++)
            best.Consider(row, Dot<TLanes>(query, rows + (long)row * dimension, dimension));
    }

    /// <summary>Many queries, laid out by <see cref="Pack{TLanes}"/>, against rows [from, to); best[i] belongs to query i.</summary>
    public static void Many<TLanes>(
        float* packed,
        float* rows,
        int dimension,
        int from,
        int to,
        BestHits[] best
    )
        where TLanes : struct, ILanes<TLanes>
    {
        var width = 2 * TLanes.Count;
        var scores = stackalloc float[RowsAtOnce * width];
        // So many rows stay in the first cache while every group of queries passes over them.
        var block = Math.Max(
            RowsAtOnce,
            (1 << 15) / (sizeof(float) * dimension) / RowsAtOnce * RowsAtOnce
        );
        for (var start = from; start < to; start += block)
        for (var group = 0; group * width < best.Length; group++)
        {
            var queries = packed + (long)group * width * dimension;
            var end = Math.Min(start + block, to);
            for (var row = start; row < end; row += RowsAtOnce)
            {
                Tile<TLanes>(queries, rows, dimension, row, end - 1, scores);
                var count = Math.Min(RowsAtOnce, end - row);
                for (var query = 0; query < width && group * width + query < best.Length; query++)
                {
                    var hits = best[group * width + query];
                    for (var i = 0; i < count; i++)
                        if (scores[i * width + query] > hits.Floor)
                            hits.Consider(row + i, scores[i * width + query]);
                }
            }
        }
    }

    /// <summary>Queries [count, dimension] to groups of two vectors' lanes, each [dimension, lanes]; empty lanes hold zeros.</summary>
    public static float[] Pack<TLanes>(float[][] queries, int dimension)
        where TLanes : struct, ILanes<TLanes>
    {
        var width = 2 * TLanes.Count;
        var groups = (queries.Length + width - 1) / width;
        var packed = GC.AllocateArray<float>(groups * width * dimension, pinned: true);
        for (var query = 0; query < queries.Length; query++)
        for (var i = 0; i < dimension; i++)
            packed[(query / width * dimension + i) * width + query % width] = queries[query][i];
        return packed;
    }

    // Four rows by two vectors of queries: eight sums in registers. Behind the last row stands the last row again.
    private static void Tile<TLanes>(
        float* queries,
        float* rows,
        int dimension,
        int row,
        int last,
        float* scores
    )
        where TLanes : struct, ILanes<TLanes>
    {
        var a = rows + (long)row * dimension;
        var b = rows + (long)Math.Min(row + 1, last) * dimension;
        var c = rows + (long)Math.Min(row + 2, last) * dimension;
        var d = rows + (long)Math.Min(row + 3, last) * dimension;
        TLanes a0 = default,
            a1 = default,
            b0 = default,
            b1 = default,
            c0 = default,
            c1 = default,
            d0 = default,
            d1 = default;
        for (var i = 0; i < dimension; i++)
        {
            var (q0, q1) = (TLanes.Load(queries), TLanes.Load(queries + TLanes.Count));
            queries += 2 * TLanes.Count;
            var x = TLanes.Fill(a[i]);
            a0 = TLanes.MultiplyAdd(q0, x, a0);
            a1 = TLanes.MultiplyAdd(q1, x, a1);
            x = TLanes.Fill(b[i]);
            b0 = TLanes.MultiplyAdd(q0, x, b0);
            b1 = TLanes.MultiplyAdd(q1, x, b1);
            x = TLanes.Fill(c[i]);
            c0 = TLanes.MultiplyAdd(q0, x, c0);
            c1 = TLanes.MultiplyAdd(q1, x, c1);
            x = TLanes.Fill(d[i]);
            d0 = TLanes.MultiplyAdd(q0, x, d0);
            d1 = TLanes.MultiplyAdd(q1, x, d1);
        }
        a0.Store(scores);
        a1.Store(scores + TLanes.Count);
        b0.Store(scores + 2 * TLanes.Count);
        b1.Store(scores + 3 * TLanes.Count);
        c0.Store(scores + 4 * TLanes.Count);
        c1.Store(scores + 5 * TLanes.Count);
        d0.Store(scores + 6 * TLanes.Count);
        d1.Store(scores + 7 * TLanes.Count);
    }

    private static float Dot<TLanes>(float* query, float* row, int dimension)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes a = default,
            b = default,
            c = default,
            d = default;
        var i = 0;
        for (; i + 4 * TLanes.Count <= dimension; i += 4 * TLanes.Count)
        {
            a = At<TLanes>(query, row, i, a);
            b = At<TLanes>(query, row, i + TLanes.Count, b);
            c = At<TLanes>(query, row, i + 2 * TLanes.Count, c);
            d = At<TLanes>(query, row, i + 3 * TLanes.Count, d);
        }
        for (; i + TLanes.Count <= dimension; i += TLanes.Count)
            a = At<TLanes>(query, row, i, a);
        var score = TLanes.Sum(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)));
        for (; i < dimension; i++)
            score += query[i] * row[i];
        return score;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes At<TLanes>(float* query, float* row, int i, TLanes sum)
        where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(TLanes.Load(query + i), TLanes.Load(row + i), sum);
}
