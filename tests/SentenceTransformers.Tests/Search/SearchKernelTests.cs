namespace SentenceTransformers.Tests;

/// <summary>Every width of vector computes what the readable loop computes, this machine's and the others'.</summary>
public sealed unsafe class SearchKernelTests
{
    // Around the lanes of every width, and below the narrowest.
    public static TheoryData<int> Dimensions => [1, 3, 4, 15, 16, 17, 31, 64, 65, 100, 768];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void One_query_has_the_dot_products_of_the_readable_loop(int dimension)
    {
        One<Lanes512>(dimension);
        One<Lanes256>(dimension);
        One<Lanes128>(dimension);
        One<Lanes32>(dimension);
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Many_queries_have_the_dot_products_of_the_readable_loop(int dimension)
    {
        Many<Lanes512>(dimension);
        Many<Lanes256>(dimension);
        Many<Lanes128>(dimension);
        Many<Lanes32>(dimension);
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Bytes_have_the_same_sums_in_every_width(int dimension)
    {
        var expected = Bytes<ByteLanes128>(dimension);
        if (ByteLanes256.IsSupported)
            Assert.Equal(expected, Bytes<ByteLanes256>(dimension));
        if (ByteLanes512.IsSupported)
            Assert.Equal(expected, Bytes<ByteLanes512>(dimension));

        // And they are nearly the exact scores: 8 bits lose less than a hundredth of the lengths' product.
        var (rows, queries) = Data(dimension);
        var scale =
            Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(queries[0]))
            / 127;
        foreach (var hit in expected)
            Assert.Equal(Dot(queries[0], rows[hit.CorpusId]), hit.Score * scale, 0.02f);
    }

    private static void One<TLanes>(int dimension)
        where TLanes : struct, ILanes<TLanes>
    {
        var (rows, queries) = Data(dimension);
        var best = new BestHits(rows.Length);
        fixed (float* from = rows.SelectMany(row => row).ToArray())
        fixed (float* query = queries[0])
            DotScan.One<TLanes>(query, from, dimension, 1, rows.Length, best);
        AssertScores(rows, queries[0], 1, best.Take());
    }

    private static void Many<TLanes>(int dimension)
        where TLanes : struct, ILanes<TLanes>
    {
        var (rows, queries) = Data(dimension);
        var best = Array.ConvertAll(queries, _ => new BestHits(rows.Length));
        fixed (float* from = rows.SelectMany(row => row).ToArray())
        fixed (float* packed = DotScan.Pack<TLanes>(queries, dimension))
            DotScan.Many<TLanes>(packed, from, dimension, 2, rows.Length, best);
        for (var query = 0; query < queries.Length; query++)
            AssertScores(rows, queries[query], 2, best[query].Take());
    }

    private static SearchHit[] Bytes<TLanes>(int dimension)
        where TLanes : struct, IByteLanes<TLanes>
    {
        var (rows, queries) = Data(dimension);
        var best = new BestHits(rows.Length);
        fixed (float* from = rows.SelectMany(row => row).ToArray())
            new Int8Rows(from, rows.Length, dimension).Scan<TLanes>(
                queries[0],
                0,
                rows.Length,
                best
            );
        return best.Take();
    }

    // The rows from one on, each once, with its score. A float sum of n products of unit vectors errs by n 2^-24 at most;
    // a product left out would be seen: it is about 1 / n.
    private static void AssertScores(float[][] rows, float[] query, int first, SearchHit[] hits)
    {
        Assert.Equal(
            Enumerable.Range(first, rows.Length - first),
            hits.Select(hit => hit.CorpusId).Order()
        );
        foreach (var hit in hits)
            Assert.Equal(
                Dot(query, rows[hit.CorpusId]),
                hit.Score,
                query.Length * MathF.Pow(2, -24)
            );
    }

    private static float Dot(float[] a, float[] b) =>
        (float)a.Zip(b, (x, y) => (double)x * y).Sum();

    private static (float[][] Rows, float[][] Queries) Data(int dimension)
    {
        var rows = SearchVectors.Clustered(23, dimension);
        return (rows, SearchVectors.Near(rows, 37));
    }
}
