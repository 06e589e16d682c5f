namespace SentenceTransformers;

/// <summary>Numbers published for a model: what it must give on these texts.</summary>
/// <param name="Source">Where the numbers are published.</param>
/// <param name="Texts">The texts.</param>
/// <param name="Cosines">Their cosine similarities as published, each pair once: 1 and 2, 1 and 3, ..., 2 and 3, ...</param>
/// <param name="Decimals">How many decimals were published.</param>
public sealed record ModelExample(
    string Source,
    IReadOnlyList<string> Texts,
    IReadOnlyList<double> Cosines,
    int Decimals
);
