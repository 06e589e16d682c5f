using System.Numerics.Tensors;

namespace SentenceTransformers;

/// <summary>Finds groups of embeddings that are close to a common centre, fast and without a number of groups given.</summary>
/// <remarks>
/// Follows <c>community_detection</c> of <c>sentence_transformers.util</c> as it runs on a CPU. Where that keeps every
/// candidate's members, only their number is kept here, and the members are computed again when their turn comes.
/// </remarks>
public static class CommunityDetection
{
    /// <summary>Finds the communities, the largest first; each names its rows, the central one first and then the closest; shape [rows][dimension].</summary>
    /// <param name="embeddings">The rows, of any length: they are compared by cosine.</param>
    /// <param name="threshold">The least cosine with the centre.</param>
    /// <param name="minCommunitySize">The fewest rows of a community; all rows, where there are fewer.</param>
    /// <param name="batchSize">How many rows are compared with all others at once: memory is 4 bytes for each of both.</param>
    /// <exception cref="ArgumentException">Rows differ in length, or hold NaN or an infinity; the message names the row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or the threshold is NaN.</exception>
    public static int[][] Find(
        float[][] embeddings,
        float threshold = 0.75f,
        int minCommunitySize = 10,
        int batchSize = 1024
    )
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentOutOfRangeException.ThrowIfLessThan(minCommunitySize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (float.IsNaN(threshold))
            throw new ArgumentOutOfRangeException(nameof(threshold), "expected a number");
        if (embeddings.Length == 0)
            return [];
        Similarity.Require(embeddings, nameof(embeddings));
        minCommunitySize = Math.Min(minCommunitySize, embeddings.Length);
        var unit = Array.ConvertAll(embeddings, row => Normalize.ToUnitLength(row));

        var sizes = Sizes(unit, threshold, batchSize);
        var communities = new List<int[]>();
        var free = Enumerable.Range(0, unit.Length).ToArray();
        foreach (
            var centre in Enumerable
                .Range(0, unit.Length)
                .Where(row => sizes[row] >= minCommunitySize)
                .OrderByDescending(row => sizes[row]) // stable, as Python's sort is
        )
        {
            // Rows of a larger community are taken, even if they are closer to this centre.
            var members = free.Select(row =>
                    (Row: row, Score: TensorPrimitives.Dot<float>(unit[centre], unit[row]))
                )
                .Where(member => member.Score >= threshold)
                .OrderByDescending(member => member.Score)
                .Select(member => member.Row)
                .ToArray();
            if (members.Length < minCommunitySize)
                continue;
            communities.Add(members);
            free = [.. free.Except(members)];
        }
        return [.. communities.OrderByDescending(members => members.Length)];
    }

    /// <summary>How many rows are close to each row, itself included.</summary>
    private static int[] Sizes(float[][] unit, float threshold, int batchSize)
    {
        var sizes = new int[unit.Length];
        for (var start = 0; start < unit.Length; start += batchSize)
        {
            // [rows of the batch, rows]
            var scores = Similarity.Dot(SemanticSearch.Rows(unit, start, batchSize), unit);
            for (var i = 0; i < scores.GetLength(0); i++)
            for (var j = 0; j < unit.Length; j++)
                if (scores[i, j] >= threshold)
                    sizes[start + i]++;
        }
        return sizes;
    }
}
