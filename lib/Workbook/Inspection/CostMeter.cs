using System.Diagnostics;
using SentenceTransformers;

namespace Workbook;

/// <summary>What encoding or scoring cost: passes through the transformer, tokens, padding, and the time on this machine.</summary>
/// <param name="Passes">How many texts, or pairs of texts, went through the transformer.</param>
/// <param name="Tokens">How many real tokens these had.</param>
/// <param name="PaddedTokens">How many went through with the padding of their batches.</param>
/// <param name="Elapsed">How long it took, without the first call, which loads and warms up.</param>
public sealed record CostMeter(long Passes, long Tokens, long PaddedTokens, TimeSpan Elapsed)
{
    private const int BatchSize = 32;

    /// <summary>How much of the transformer's work went into padding, from 0 to 1.</summary>
    public double PaddingShare => PaddedTokens == 0 ? 0 : 1 - (double)Tokens / PaddedTokens;

    /// <summary>How long so many passes would take, at the same speed.</summary>
    public TimeSpan Extrapolate(long passes) =>
        Passes == 0 ? TimeSpan.Zero : Elapsed / Passes * passes;

    /// <summary>Encodes texts with a bi-encoder: one pass each.</summary>
    public static CostMeter Measure(SentenceTransformer model, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(model);
        string[] all = [.. texts];
        model.Encode(all.Take(1));
        var watch = Stopwatch.StartNew();
        model.Encode(all, new EncodeOptions { BatchSize = BatchSize });
        return Count(
            all.Select(text => Math.Min(model.CountTokens(text), model.MaxSequenceLength)),
            watch.Elapsed
        );
    }

    /// <summary>Scores pairs with a cross-encoder: one pass a pair.</summary>
    public static CostMeter Measure(
        CrossEncoder model,
        IEnumerable<(string Text, string Pair)> pairs
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        (string Text, string Pair)[] all = [.. pairs];
        model.Predict(all.Take(1));
        var watch = Stopwatch.StartNew();
        model.Predict(all, new PredictOptions { BatchSize = BatchSize });
        return Count(
            all.Select(pair =>
                Math.Min(model.CountTokens(pair.Text, pair.Pair), model.MaxSequenceLength)
            ),
            watch.Elapsed
        );
    }

    /// <summary>As batches are made: the longest texts first, each batch padded to its longest.</summary>
    private static CostMeter Count(IEnumerable<int> lengths, TimeSpan elapsed)
    {
        int[] sorted = [.. lengths.OrderDescending()];
        return new(
            sorted.Length,
            sorted.Sum(length => (long)length),
            sorted.Chunk(BatchSize).Sum(batch => (long)batch[0] * batch.Length),
            elapsed
        );
    }
}
