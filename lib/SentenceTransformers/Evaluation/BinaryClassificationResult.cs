namespace SentenceTransformers;

/// <summary>How well one threshold tells pairs that belong together from others. Thresholds of distances are positive: below is together.</summary>
/// <param name="Function">How embeddings were compared.</param>
/// <param name="Accuracy">The best share of pairs told right.</param>
/// <param name="AccuracyThreshold">Where it is reached.</param>
/// <param name="F1">The best harmonic mean of precision and recall.</param>
/// <param name="F1Threshold">Where it is reached.</param>
/// <param name="Precision">Of those said to belong together there, the share that does.</param>
/// <param name="Recall">Of those that belong together, the share said to, there.</param>
/// <param name="AveragePrecision">The area under precision against recall, over all thresholds.</param>
/// <param name="MatthewsCorrelation">The correlation of what is and what is said at the threshold of F1, from -1 to 1.</param>
public sealed record BinaryClassificationResult(
    SimilarityFunction Function,
    double Accuracy,
    double AccuracyThreshold,
    double F1,
    double F1Threshold,
    double Precision,
    double Recall,
    double AveragePrecision,
    double MatthewsCorrelation
);
