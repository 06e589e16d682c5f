namespace SentenceTransformers.Tests;

/// <summary>Seeded vectors of length 1 that lie in clusters, as sentences do.</summary>
internal static class SearchVectors
{
    public static float[][] Clustered(int count, int dimension)
    {
        var random = new Random(7);
        var centres = Enumerable.Range(0, 50).Select(_ => Random(random, dimension)).ToArray();
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Moved(centres[random.Next(centres.Length)], random, 0.9f)),
        ];
    }

    /// <summary>Queries that lie close to rows.</summary>
    public static float[][] Near(float[][] rows, int count)
    {
        var random = new Random(8);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => Moved(rows[i * 7_919 % rows.Length], random, 0.05f)),
        ];
    }

    private static float[] Moved(float[] from, Random random, float distance)
    {
        var by = Random(random, from.Length);
        return Normalize.ToUnitLength([.. from.Zip(by, (a, b) => a + distance * b)]);
    }

    private static float[] Random(Random random, int dimension) =>
        Normalize.ToUnitLength([
            .. Enumerable
                .Range(0, dimension)
                .Select(_ =>
                    (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)
                ),
        ]);
}
