namespace SentenceTransformers.Tests;

/// <summary>Runs a module that reads sentence embeddings.</summary>
internal static class SentenceFeatures
{
    public static float[][] Run(this IModule module, params float[][]? rows)
    {
        var features = new Features
        {
            InputIds = [],
            AttentionMask = [],
            TokenTypeIds = [],
            BatchSize = rows?.Length ?? 0,
            TokenCount = 0,
            SentenceEmbeddings = rows,
        };
        module.Forward(features);
        return features.SentenceEmbeddings!;
    }
}
