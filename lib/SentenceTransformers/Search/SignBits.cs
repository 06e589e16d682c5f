using System.Numerics;

namespace SentenceTransformers;

/// <summary>The signs of a matrix's numbers, a bit each: a thirty-second of the memory to read, for finding candidates that are then scored exactly.</summary>
internal sealed unsafe class SignBits
{
    private const int BitsOfWord = 64;
    private const int RowsOfBlock = 1 << 14;

    private readonly int dimension;
    private readonly int words;
    private readonly ulong[][] blocks;

    public SignBits(float* rows, int count, int dimension)
    {
        this.dimension = dimension;
        words = (dimension + BitsOfWord - 1) / BitsOfWord;
        blocks = new ulong[(count + RowsOfBlock - 1) / RowsOfBlock][];
        var address = (nint)rows;
        Parallel.For(0, blocks.Length, block => Fill(block, (float*)address, count));
    }

    /// <summary>The rows of [from, to) whose signs differ least from a query's (Hamming distance).</summary>
    public void Scan(float[] query, int from, int to, BestHits best)
    {
        var signs = new ulong[words];
        Pack(query, signs);
        for (var row = from; row < to; row++)
        {
            var bits = blocks[row / RowsOfBlock].AsSpan(row % RowsOfBlock * words, words);
            var different = 0;
            for (var i = 0; i < bits.Length; i++)
                different += BitOperations.PopCount(bits[i] ^ signs[i]);
            best.Consider(row, -different);
        }
    }

    private void Fill(int block, float* rows, int count)
    {
        var first = block * RowsOfBlock;
        var end = Math.Min(count, first + RowsOfBlock);
        var bits = blocks[block] = new ulong[(end - first) * words];
        for (var row = first; row < end; row++)
            Pack(
                new ReadOnlySpan<float>(rows + (long)row * dimension, dimension),
                bits.AsSpan((row - first) * words, words)
            );
    }

    private static void Pack(ReadOnlySpan<float> numbers, Span<ulong> bits)
    {
        for (var i = 0; i < numbers.Length; i++)
            if (numbers[i] > 0)
                bits[i / BitsOfWord] |= 1UL << (i % BitsOfWord);
    }
}
