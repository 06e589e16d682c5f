using System.Globalization;
using SentenceTransformers;

namespace Workbook;

/// <summary>What each pair of tokens adds to the cosine similarity of two sentences: a matrix whose sum is the score.</summary>
/// <remarks>
/// Exact for a model that ends in mean pooling, with or without normalization. With the token embeddings x and y, n and m of them,
/// and the sentence embeddings u and v, the means of them: cos(u, v) = Σ_ij x_i·y_j / (n m |u| |v|).
/// </remarks>
/// <example>
/// As the last line of a notebook cell:
/// <code>new CosineParts(model, "잠이 안옵니다", "기차가 옵니다").ToHeatmap()</code>
/// </example>
public sealed class CosineParts
{
    /// <summary>Takes the cosine similarity of two sentences apart.</summary>
    /// <param name="model">A bi-encoder of a transformer, mean pooling and perhaps normalization.</param>
    /// <param name="first">The sentence of the rows.</param>
    /// <param name="second">The sentence of the columns.</param>
    /// <exception cref="ArgumentException">The model has other modules: its cosine is no sum over pairs of tokens.</exception>
    public CosineParts(SentenceTransformer model, string first, string second)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var summed =
            model.Modules
                is [
                    Transformer,
                    Pooling { Modes: [PoolingMode.Mean or PoolingMode.MeanSqrtLenTokens] },
                    ..,
                ]
            && model.Modules.Skip(2).All(module => module is Normalize or Dropout);
        if (!summed)
            throw new ArgumentException(
                $"only mean pooling, with or without normalization, is a sum over tokens; this model is {model}",
                nameof(model)
            );

        var (rows, columns) = (new SentenceXRay(model, first), new SentenceXRay(model, second));
        (RowTokens, ColumnTokens) = (rows.Encoding.Tokens, columns.Encoding.Tokens);
        // In double: the sum of many small parts is to be the score, and not nearly.
        var length = Norm(Sum(rows)) * Norm(Sum(columns));
        Parts = new double[RowTokens.Count, ColumnTokens.Count];
        for (var i = 0; i < RowTokens.Count; i++)
        for (var j = 0; j < ColumnTokens.Count; j++)
        {
            var product = 0.0;
            var x = rows.TokenEmbeddings[0, i];
            var y = columns.TokenEmbeddings[0, j];
            for (var d = 0; d < x.Length; d++)
                product += (double)x[d] * y[d];
            Parts[i, j] = length > 0 ? product / length : 0;
        }
        Score = Parts.Cast<double>().Sum();
    }

    /// <summary>The tokens of the first sentence, special ones included; shape [rows].</summary>
    public IReadOnlyList<string> RowTokens { get; }

    /// <summary>The tokens of the second sentence, special ones included; shape [columns].</summary>
    public IReadOnlyList<string> ColumnTokens { get; }

    /// <summary>What each pair of tokens adds; shape [rows, columns]. A part may be negative.</summary>
    public double[,] Parts { get; }

    /// <summary>The sum of all parts: the cosine similarity of the two sentences.</summary>
    public double Score { get; }

    /// <summary>The parts as a picture, in hundredths of a cosine, so that they are easy to read and add.</summary>
    public Heatmap ToHeatmap()
    {
        var hundredths = new float[RowTokens.Count, ColumnTokens.Count];
        for (var i = 0; i < RowTokens.Count; i++)
        for (var j = 0; j < ColumnTokens.Count; j++)
            hundredths[i, j] = (float)(100 * Parts[i, j]);
        return new Heatmap(hundredths, RowTokens, ColumnTokens)
        {
            Title = new Wording(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Parts of the cosine {Score:0.000}, in hundredths"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"토큰 쌍의 몫: 코사인 {Score:0.000} (100분의 1 단위)"
                )
            ).Text,
            Decimals = 1,
        };
    }

    private static double[] Sum(SentenceXRay sentence)
    {
        var sum = new double[sentence.TokenEmbeddings.Dimension];
        for (var token = 0; token < sentence.Encoding.Length; token++)
        for (var d = 0; d < sum.Length; d++)
            sum[d] += sentence.TokenEmbeddings[0, token][d];
        return sum;
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));
}
