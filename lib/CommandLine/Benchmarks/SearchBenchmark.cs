using System.Numerics.Tensors;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>Exact search over vectors: one query and many, in 32, 8 and 1 bits, against NumPy and the readable loop.</summary>
internal static class SearchBenchmark
{
    private const int Rounds = 5;
    private const int Vectors = 80_000;
    private const int Dimension = 768;
    private const int Queries = 32;
    private const int TopK = 10;
    private static readonly int[] Sizes = [10_000, 20_000, 40_000, 80_000];
    private static readonly int[] FewQueries = [1, 2, 4, 8, 16];

    public static Benchmark Create() =>
        new(
            "search",
            $"exact top {TopK} of {Vectors:N0} vectors of {Dimension}, {Rounds} rounds, against NumPy, the readable loop and the rate of reading",
            MeasureAsync
        );

    private static Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        tell("making vectors");
        var (rows, queries) = Data();
        var folder = Directory.CreateTempSubdirectory("workbook-bench-").FullName;
        try
        {
            var (rowsFile, queriesFile) = (
                Path.Combine(folder, "rows.npy"),
                Path.Combine(folder, "queries.npy")
            );
            NpyFile.Write(rowsFile, rows);
            NpyFile.Write(queriesFile, queries);
            using var index = VectorIndex.Open(rowsFile);
            var parts = Sizes.Select(size => VectorIndex.Create(rows[..size])).ToArray();
            using var numpy = Peers.Python("numpy", "numpy_search.py", tell, rowsFile, queriesFile);
            return Task.FromResult<IReadOnlyList<BenchmarkRow>>(
                Measure(index, parts, rows, queries, numpy, tell, cancellation)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<BenchmarkRow> Measure(
        VectorIndex index,
        VectorIndex[] parts,
        float[][] rows,
        float[][] queries,
        PeerProcess? numpy,
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        const string one = "1 query";
        const string read = "reading the vectors once";
        const string loop = "1 query, the readable loop";
        const string mapped = "1 query, mapped file";
        const string int8 = "1 query, int8";
        const string binary = "1 query, binary";
        const string many = "32 queries";
        const string oneByOne = "32 queries, one by one";
        const string numpyOne = "1 query, NumPy";
        const string numpyMany = "32 queries, NumPy";
        var query = queries[0];
        var whole = parts[^1];
        var numbers = rows.SelectMany(row => row).ToArray();
        var turns = new Turns();
        Add(one, () => whole.Search(query, TopK));
        Add(read, () => ReadOnce(numbers));
        Add(loop, () => SemanticSearch.Search(query, rows, TopK, SimilarityFunction.Dot));
        Add(mapped, () => index.Search(query, TopK));
        Add(int8, () => whole.Search(query, TopK, SearchPrecision.Int8));
        Add(binary, () => whole.Search(query, TopK, SearchPrecision.Binary));
        Add(many, () => whole.Search(queries, TopK));
        Add(oneByOne, () => Array.ForEach(queries, q => whole.Search(q, TopK)));
        if (numpy is not null)
        {
            turns.Add(numpyOne, () => 1000 * numpy.Seconds("1"));
            turns.Add(numpyMany, () => 1000 * numpy.Seconds($"{Queries}"));
        }
        var growing = Sizes
            .Select((size, i) => (Size: (double)size, Name: $"{size:N0} vectors", Part: parts[i]))
            .ToArray();
        foreach (var (_, name, part) in growing)
            Add(name, () => part.Search(query, TopK));
        foreach (var count in FewQueries)
            Add($"{count} at once", () => whole.Search(queries[..count], TopK));
        turns.Run(Rounds, tell, cancellation);

        string[] shown = [one, read, loop, mapped, int8, binary, many, oneByOne];
        List<BenchmarkRow> table = [.. shown.Select(name => turns.Row(name, "ms"))];
        if (numpy is not null)
        {
            table.Add(turns.Row(numpyOne, "ms"));
            table.Add(turns.Row(numpyMany, "ms"));
            table.Add(turns.Ratio(numpyOne, one, ">= 1"));
            table.Add(turns.Ratio(numpyOne, int8, ">= 3"));
            table.Add(turns.Ratio(numpyMany, many, ">= 2"));
        }
        table.Add(turns.Ratio(read, one, "1"));
        table.Add(turns.Ratio(loop, one));
        table.Add(turns.Ratio(oneByOne, many));
        foreach (var count in FewQueries)
            table.Add(turns.Row($"{count} at once", "ms"));
        table.Add(Recall("int8: recall at 10", SearchPrecision.Int8, "1"));
        table.Add(Recall("binary: recall at 10", SearchPrecision.Binary, ""));
        table.Add(
            turns.Growth("time over vectors", [.. growing.Select(part => (part.Size, part.Name))])
        );
        return table;

        void Add(string name, Action search) => turns.Add(name, () => 1000 * Turns.Seconds(search));

        BenchmarkRow Recall(string name, SearchPrecision precision, string goal)
        {
            var exact = whole.Search(queries, TopK);
            var found = whole.Search(queries, TopK, precision);
            return new(
                name,
                "",
                [.. exact.Zip(found, (a, b) => a.Intersect(b).Count() / (double)TopK)],
                goal
            );
        }
    }

    // The limit: what one pass over the numbers costs that does nothing but add them up, on as many cores.
    private static void ReadOnce(float[] numbers)
    {
        var cores = Environment.ProcessorCount;
        Parallel.For(
            0,
            cores,
            core =>
            {
                var (from, to) = (
                    (int)((long)numbers.Length * core / cores),
                    (int)((long)numbers.Length * (core + 1) / cores)
                );
                GC.KeepAlive(TensorPrimitives.Sum<float>(numbers.AsSpan(from..to)));
            }
        );
    }

    // In clusters, as sentences lie; of length 1.
    private static (float[][] Rows, float[][] Queries) Data()
    {
        var random = new Random(7);
        var centres = Enumerable.Range(0, 200).Select(_ => Noise(1)).ToArray();
        var rows = new float[Vectors][];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = Near(centres[i % centres.Length], 0.9f);
        return (
            rows,
            [.. Enumerable.Range(0, Queries).Select(i => Near(rows[i * 2_477 % Vectors], 0.05f))]
        );

        float[] Noise(float size)
        {
            var numbers = new float[Dimension];
            for (var i = 0; i < Dimension; i++)
                numbers[i] = size * (random.NextSingle() + random.NextSingle() - 1);
            return numbers;
        }

        float[] Near(float[] centre, float distance)
        {
            var numbers = Noise(distance);
            TensorPrimitives.Add(numbers, centre, numbers);
            TensorPrimitives.Divide(numbers, TensorPrimitives.Norm<float>(numbers), numbers);
            return numbers;
        }
    }
}
