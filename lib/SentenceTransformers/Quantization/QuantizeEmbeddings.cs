namespace SentenceTransformers;

/// <summary>Embeddings in fewer bits: 8 for each number, or 1, for searching faster in less memory.</summary>
/// <remarks>
/// Follows <c>quantize_embeddings</c> of <c>sentence_transformers.util</c>, in float32 as NumPy computes it. 8 bits are 256
/// buckets between the smallest and the largest number that each dimension is known to have; 1 bit is whether a number is positive.
/// Every method throws <see cref="ArgumentException"/>, naming the row, where rows differ in length or hold NaN or an infinity.
/// </remarks>
public static class QuantizeEmbeddings
{
    /// <summary>So many embeddings, the reference warns, should be there for stable buckets.</summary>
    public const int CalibrationSize = 100;

    /// <summary>The smallest and the largest number of each dimension; shape [2][dimension].</summary>
    /// <param name="calibration">Embeddings like those to come, at least <see cref="CalibrationSize"/> for stable buckets.</param>
    public static float[][] Ranges(float[][] calibration)
    {
        Similarity.Require(calibration, nameof(calibration));
        var (low, high) = ((float[])calibration[0].Clone(), (float[])calibration[0].Clone());
        foreach (var row in calibration)
            for (var d = 0; d < row.Length; d++)
            {
                low[d] = Math.Min(low[d], row[d]);
                high[d] = Math.Max(high[d], row[d]);
            }
        return [low, high];
    }

    /// <summary>Numbers to buckets from -128 to 127; shape [rows][dimension].</summary>
    /// <param name="embeddings">The rows.</param>
    /// <param name="ranges">Where each dimension's buckets begin and end (<see cref="Ranges"/>); null for those of the rows themselves.</param>
    public static sbyte[][] ToInt8(float[][] embeddings, float[][]? ranges = null) =>
        Array.ConvertAll(
            ToUint8(embeddings, ranges),
            row => Array.ConvertAll(row, bucket => (sbyte)(bucket - 128))
        );

    /// <summary>Numbers to buckets from 0 to 255; shape [rows][dimension].</summary>
    /// <param name="embeddings">The rows.</param>
    /// <param name="ranges">Where each dimension's buckets begin and end (<see cref="Ranges"/>); null for those of the rows themselves.</param>
    public static byte[][] ToUint8(float[][] embeddings, float[][]? ranges = null)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Length == 0)
            return [];
        ranges ??= Ranges(embeddings);
        if (ranges.Length != 2)
            throw new ArgumentException(
                $"expected 2 rows, the smallest and the largest numbers, found {ranges.Length}",
                nameof(ranges)
            );
        Similarity.Require(embeddings, ranges);
        var starts = ranges[0];
        var steps = new float[starts.Length];
        for (var d = 0; d < steps.Length; d++)
        {
            steps[d] = (ranges[1][d] - starts[d]) / 255;
            if (steps[d] == 0) // a dimension that never changes
                steps[d] = 1;
        }
        return Array.ConvertAll(embeddings, Buckets);

        byte[] Buckets(float[] row)
        {
            var buckets = new byte[row.Length];
            for (var d = 0; d < row.Length; d++)
                buckets[d] = (byte)Math.Clamp(MathF.Floor((row[d] - starts[d]) / steps[d]), 0, 255);
            return buckets;
        }
    }

    /// <summary>Signs to bits, as <see cref="ToUbinary"/> packs them, less 128; shape [rows][bytes].</summary>
    public static sbyte[][] ToBinary(float[][] embeddings) =>
        Array.ConvertAll(
            ToUbinary(embeddings),
            row => Array.ConvertAll(row, packed => (sbyte)(packed - 128))
        );

    /// <summary>Signs to bits, 1 for a positive number, eight to a byte from the highest on; zeros fill the last; shape [rows][bytes].</summary>
    public static byte[][] ToUbinary(float[][] embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Length == 0)
            return [];
        Similarity.Require(embeddings, nameof(embeddings));
        return Array.ConvertAll(embeddings, Pack);

        static byte[] Pack(float[] row)
        {
            var packed = new byte[(row.Length + 7) / 8];
            for (var d = 0; d < row.Length; d++)
                if (row[d] > 0)
                    packed[d / 8] |= (byte)(0x80 >> (d % 8));
            return packed;
        }
    }
}
