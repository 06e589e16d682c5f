using System.IO.MemoryMappedFiles;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SentenceTransformers;

/// <summary>Vectors side by side, in memory or in a .npy file, of which a search finds those with the largest dot product.</summary>
/// <remarks>
/// For vectors of length 1, which <see cref="EncodeOptions.NormalizeEmbeddings"/> gives, that is the cosine. Of equal scores
/// the earlier row comes first. Every hit is scored by the same loop, however it was found, so its score depends on nothing
/// else. <see cref="SemanticSearch"/> does the same in the fewest lines, and by any similarity. Many threads may search at once.
/// </remarks>
public sealed unsafe class VectorIndex : IDisposable
{
    // Fewer numbers than this are searched before another core is awake.
    private const long NumbersWorthACore = 1 << 20;

    // From so many queries on, a tile of them costs less than passes of their own (measured: bench search).
    private const int QueriesWorthATile = 4;

    private readonly SafeBuffer? mapped;
    private readonly MemoryMappedFile? file;
    private readonly MemoryMappedViewAccessor? view;
    private readonly float[]? own; // pinned: holds what the pointer points to
    private readonly float* rows;
    private readonly Lazy<Int8Rows> int8;
    private readonly Lazy<SignBits> signs;
    private int disposed;

    private VectorIndex(float[] own, int count, int dimension)
        : this(count, dimension)
    {
        this.own = own;
        rows = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(own, 0);
    }

    private VectorIndex(MemoryMappedFile file, long offset, int count, int dimension)
        : this(count, dimension)
    {
        this.file = file;
        view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        mapped = view.SafeMemoryMappedViewHandle;
        byte* start = null;
        mapped.AcquirePointer(ref start);
        rows = (float*)(start + view.PointerOffset + offset);
    }

    private VectorIndex(int count, int dimension)
    {
        (Count, Dimension) = (count, dimension);
        int8 = new(() => new Int8Rows(rows, count, dimension));
        signs = new(() => new SignBits(rows, count, dimension));
    }

    /// <summary>How many vectors there are.</summary>
    public int Count { get; }

    /// <summary>How many numbers each has.</summary>
    public int Dimension { get; }

    /// <summary>Copies vectors into one piece of memory; shape [vectors][dimension].</summary>
    /// <exception cref="ArgumentException">There is none, they differ in length or hold NaN or an infinity (the message names the row), or they are too many for one array.</exception>
    public static VectorIndex Create(float[][] vectors)
    {
        Similarity.Require(vectors, nameof(vectors));
        var dimension = vectors[0].Length;
        if ((long)vectors.Length * dimension > Array.MaxLength)
            throw new ArgumentException(
                $"{vectors.Length:N0} vectors of {dimension} are too many for one array: write them to a .npy file, and open that",
                nameof(vectors)
            );
        var numbers = GC.AllocateUninitializedArray<float>(
            vectors.Length * dimension,
            pinned: true
        );
        for (var row = 0; row < vectors.Length; row++)
            vectors[row].CopyTo(numbers, row * dimension);
        return new VectorIndex(numbers, vectors.Length, dimension);
    }

    /// <summary>Opens a .npy file of float32 where it lies: it is read as it is searched, so that any size opens at once.</summary>
    /// <param name="path">A matrix [vectors, dimension], as <see cref="NpyFile"/> or NumPy writes it. A row with NaN is never found.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="ModelFormatException">It is no such file, is cut short, or holds something else.</exception>
    public static VectorIndex Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (offset, count, dimension) = NpyFile.FindMatrix(path);
        if (count is 0 or > int.MaxValue || dimension == 0)
            throw new ModelFormatException(
                path,
                $"shape: expected 1 to {int.MaxValue:N0} rows of at least 1 number, found ({count}, {dimension})"
            );
        var file = MemoryMappedFile.CreateFromFile(
            path,
            FileMode.Open,
            null,
            0,
            MemoryMappedFileAccess.Read
        );
        try
        {
            return new VectorIndex(file, offset, (int)count, dimension);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The vectors most like a query, best first; shape [dimension].</summary>
    /// <inheritdoc cref="Search(float[][], int, SearchPrecision, int?)"/>
    public SearchHit[] Search(
        float[] query,
        int topK = 10,
        SearchPrecision precision = SearchPrecision.Float32,
        int? candidates = null
    ) => Search([query], topK, precision, candidates)[0];

    /// <summary>The vectors most like each query, best first; shape [queries][dimension].</summary>
    /// <param name="queries">What is looked for; none gives no lists.</param>
    /// <param name="topK">The most hits of a query.</param>
    /// <param name="precision">How candidates are looked for. Copies in fewer bits are made when they are first asked for.</param>
    /// <param name="candidates">How many are then scored exactly; null for a number that grows with <paramref name="topK"/> and, for signs, with the rows.</param>
    /// <exception cref="ArgumentException">A query has another length, or holds NaN or an infinity; the message names the row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The index has been disposed.</exception>
    public SearchHit[][] Search(
        float[][] queries,
        int topK = 10,
        SearchPrecision precision = SearchPrecision.Float32,
        int? candidates = null
    )
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfLessThan(topK, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates ?? 1, 1, nameof(candidates));
        ObjectDisposedException.ThrowIf(disposed != 0, this);
        if (queries.Length == 0)
            return [];
        Similarity.Require(queries, nameof(queries));
        if (queries[0].Length != Dimension)
            throw new ArgumentException(
                $"expected {Dimension} numbers, found {queries[0].Length}",
                nameof(queries)
            );
        topK = Math.Min(topK, Count);
        var considered = Math.Clamp(candidates ?? Candidates(precision, topK), topK, Count);
        var held = false;
        try
        {
            mapped?.DangerousAddRef(ref held); // nothing is unmapped beneath a search
            return Find(queries, topK, precision, considered);
        }
        finally
        {
            if (held)
                mapped!.DangerousRelease();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0 || mapped is null)
            return;
        mapped.ReleasePointer();
        view!.Dispose();
        file!.Dispose();
    }

    private SearchHit[][] Find(
        float[][] queries,
        int topK,
        SearchPrecision precision,
        int considered
    )
    {
        var parts = (int)
            Math.Clamp((long)Count * Dimension / NumbersWorthACore, 1, Environment.ProcessorCount);
        var best = new BestHits[parts][];
        var scan = Scan(queries, precision);
        Parallel.For(
            0,
            parts,
            part =>
            {
                best[part] = Array.ConvertAll(queries, _ => new BestHits(considered));
                var from = (int)((long)Count * part / parts);
                var to = (int)((long)Count * (part + 1) / parts);
                scan(from, to, best[part]);
            }
        );
        return
        [
            .. queries.Select(
                (query, i) => Rescore(query, best.Select(part => part[i]), topK, considered)
            ),
        ];
    }

    private Action<int, int, BestHits[]> Scan(float[][] queries, SearchPrecision precision)
    {
        switch (precision)
        {
            case SearchPrecision.Int8:
                var bytes = int8.Value;
                return (from, to, best) =>
                    Each((query, hits) => bytes.Scan(query, from, to, hits), best);
            case SearchPrecision.Binary:
                var bits = signs.Value;
                return (from, to, best) =>
                    Each((query, hits) => bits.Scan(query, from, to, hits), best);
            default:
                return Vector512.IsHardwareAccelerated ? ScanFloats<Lanes512>(queries)
                    : Vector256.IsHardwareAccelerated ? ScanFloats<Lanes256>(queries)
                    : Vector128.IsHardwareAccelerated ? ScanFloats<Lanes128>(queries)
                    : ScanFloats<Lanes32>(queries);
        }

        void Each(Action<float[], BestHits> scan, BestHits[] best)
        {
            for (var i = 0; i < queries.Length; i++)
                scan(queries[i], best[i]);
        }
    }

    private Action<int, int, BestHits[]> ScanFloats<TLanes>(float[][] queries)
        where TLanes : struct, ILanes<TLanes>
    {
        if (queries.Length < QueriesWorthATile)
            return (from, to, best) =>
            {
                for (var i = 0; i < queries.Length; i++)
                    fixed (float* query = queries[i])
                        DotScan.One<TLanes>(query, rows, Dimension, from, to, best[i]);
            };
        var packed = DotScan.Pack<TLanes>(queries, Dimension);
        return (from, to, best) =>
        {
            fixed (float* queriesPacked = packed)
                DotScan.Many<TLanes>(queriesPacked, rows, Dimension, from, to, best);
        };
    }

    private SearchHit[] Rescore(
        float[] query,
        IEnumerable<BestHits> parts,
        int topK,
        int considered
    )
    {
        var candidates = new BestHits(considered);
        foreach (var part in parts)
        foreach (var hit in part.Take())
            candidates.Add(hit.CorpusId, hit.Score);
        var best = new BestHits(topK);
        foreach (var (row, _) in candidates.Take())
            best.Add(
                row,
                TensorPrimitives.Dot(
                    query,
                    new ReadOnlySpan<float>(rows + (long)row * Dimension, Dimension)
                )
            );
        return best.Take();
    }

    private int Candidates(SearchPrecision precision, int topK)
    {
        // Even in full precision a few more, or rounding would decide between the last hit and the one behind it.
        long count = precision switch
        {
            SearchPrecision.Float32 => topK + 8L,
            SearchPrecision.Int8 => 6L * topK + 4,
            _ => Math.Max(40L * topK, Count / 64),
        };
        return (int)Math.Min(count, Count);
    }
}
