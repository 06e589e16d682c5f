using System.Globalization;
using System.Text;
using SentenceTransformers;

namespace Workbook;

/// <summary>Encodes with a mistake of your choice, so that you see what it does, and can measure what it costs.</summary>
public static class BreakIt
{
    // In the order of the texts and padded to the longest, as a program without a schedule does it.
    private const int BatchSize = 32;
    private const int FewTokens = 16;

    /// <summary>How alike each of some sentences and each other come out; shape [sentences, sentences].</summary>
    /// <param name="model">A model that pools token embeddings.</param>
    /// <param name="sentences">The sentences, encoded as one batch.</param>
    /// <param name="damage">The mistake.</param>
    public static float[,] Matrix(
        SentenceTransformer model,
        IReadOnlyList<string> sentences,
        Damage damage
    )
    {
        var vectors = Encode(model, sentences, damage);
        return damage == Damage.NotNormalized
            ? Similarity.Dot(vectors)
            : Similarity.Cosine(vectors);
    }

    /// <summary>How alike the two sentences of each pair come out; shape [pairs].</summary>
    /// <param name="model">A model that pools token embeddings.</param>
    /// <param name="first">The first sentence of each pair.</param>
    /// <param name="second">The second of each.</param>
    /// <param name="damage">The mistake.</param>
    public static float[] Scores(
        SentenceTransformer model,
        IReadOnlyList<string> first,
        IReadOnlyList<string> second,
        Damage damage
    )
    {
        var (a, b) = (Encode(model, first, damage), Encode(model, second, damage));
        return damage == Damage.NotNormalized
            ? Similarity.PairwiseDot(a, b)
            : Similarity.PairwiseCosine(a, b);
    }

    /// <summary>A cross-encoder's scores when it is told that both sentences are the first: token types all 0; shape [pairs].</summary>
    /// <remarks>A model whose tokenizer knows no types gives what it always gives.</remarks>
    public static float[] ScoresWithoutTypes(
        CrossEncoder model,
        IReadOnlyList<string> first,
        IReadOnlyList<string> second
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        var scores = new List<float>();
        foreach (var batch in first.Zip(second).Chunk(BatchSize))
        {
            var features = model.Transformer.Batch([
                .. batch.Select(pair => model.Transformer.Tokenize(pair.First, pair: pair.Second)),
            ]);
            Array.Clear(features.TokenTypeIds);
            model.Transformer.Forward(features);
            scores.AddRange(features.Logits!.Select(logits => logits[0])); // a sigmoid would not change their order
        }
        return [.. scores];
    }

    private static float[][] Encode(
        SentenceTransformer model,
        IReadOnlyList<string> texts,
        Damage damage
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        return damage switch
        {
            Damage.MaskIgnored => Pool(model, texts, model.Modules[1]),
            Damage.LastTokenOfTheBatch => Pool(
                model,
                texts,
                new Pooling(model.Transformer.EmbeddingDimension, PoolingMode.LastToken)
            ),
            Damage.CutAt16 => model.Encode(texts, new EncodeOptions { MaxLength = FewTokens }),
            _ => model.Encode(texts.Select(text => Change(text, damage))),
        };
    }

    private static string Change(string text, Damage damage) =>
        damage switch
        {
            Damage.LowerCased => text.ToLowerInvariant().Normalize(NormalizationForm.FormD),
            Damage.Decomposed => text.Normalize(NormalizationForm.FormD),
            Damage.SymbolsDropped => string.Concat(
                text.EnumerateRunes()
                    .Where(rune =>
                        Rune.GetUnicodeCategory(rune)
                            is not (
                                UnicodeCategory.MathSymbol
                                or UnicodeCategory.CurrencySymbol
                                or UnicodeCategory.ModifierSymbol
                                or UnicodeCategory.OtherSymbol
                            )
                    )
            ),
            _ => text,
        };

    // The transformer knows of the padding; whoever pools does not.
    private static float[][] Pool(
        SentenceTransformer model,
        IReadOnlyList<string> texts,
        IModule pooling
    )
    {
        var vectors = new List<float[]>();
        foreach (var batch in texts.Chunk(BatchSize))
        {
            var features = model.Tokenize(batch);
            model.Transformer.Forward(features);
            Array.Fill(features.AttentionMask, 1);
            pooling.Forward(features);
            foreach (var module in model.Modules.Skip(2))
                module.Forward(features);
            vectors.AddRange(features.SentenceEmbeddings!);
        }
        return [.. vectors];
    }
}
