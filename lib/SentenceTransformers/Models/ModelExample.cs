namespace SentenceTransformers;

/// <summary>Numbers published for a model: what it must give for these pairs.</summary>
/// <param name="Source">Where the numbers are published.</param>
/// <param name="Pairs">Pairs of texts, each with its cosine similarity or a cross-encoder's score.</param>
/// <param name="Decimals">How many decimals were published.</param>
/// <param name="OrderOnly">Whether they were published for other pictures of the same, so that only their order can be expected.</param>
public sealed record ModelExample(
    string Source,
    IReadOnlyList<PublishedPair> Pairs,
    int Decimals,
    bool OrderOnly = false
);
