namespace SentenceTransformers;

/// <summary>Finds documents that are like an anchor and do not answer it: the negatives that a model learns most from.</summary>
/// <remarks>
/// Follows <c>mine_hard_negatives</c> of <c>sentence_transformers.util</c> in its default form, triplets, without rescoring by
/// a cross-encoder. NV-Retriever (Moreira et al. 2024) advises a relative margin of 0.05.
/// </remarks>
public static class HardNegatives
{
    /// <summary>Mines negatives for pairs; for each anchor, for each of its positives, the negatives, the most similar first.</summary>
    /// <param name="model">Encodes anchors as queries and the rest as documents.</param>
    /// <param name="pairs">An anchor and what answers it; an anchor may stand in several.</param>
    /// <param name="corpus">Where negatives come from, besides the positives; null for the positives alone.</param>
    /// <param name="options">Which candidates are taken; null for the three most similar.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="ArgumentException">There are no pairs, or the options contradict each other.</exception>
    public static IReadOnlyList<HardNegative> Mine(
        SentenceTransformer model,
        IEnumerable<(string Anchor, string Positive)> pairs,
        IEnumerable<string>? corpus = null,
        HardNegativeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pairs);
        var given = pairs.ToArray();
        EvaluationData.RequireSome(given, nameof(pairs));
        var byAnchor = given.GroupBy(pair => pair.Anchor, pair => pair.Positive).ToArray();
        var mostPositives = byAnchor.Max(group => group.Count());
        options = (options ?? new HardNegativeOptions()).Resolve(mostPositives);

        string[] documents =
        [
            .. (corpus ?? []).Concat(given.Select(pair => pair.Positive)).Distinct(),
        ];
        var idOf = documents.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var encode = (options.Encode ?? new EncodeOptions()) with { NormalizeEmbeddings = true };
        var embeddings = model.EncodeDocument(documents, encode, cancellation);
        var anchors = model.EncodeQuery(byAnchor.Select(group => group.Key), encode, cancellation);
        var hits = SemanticSearch.Search(
            anchors,
            embeddings,
            (int)Math.Min((long)options.RangeMax!.Value + mostPositives, documents.Length),
            model.SimilarityFunction
        );

        var random = options.RandomSeed is { } seed ? new Random(seed) : null;
        var mined = new List<HardNegative>();
        foreach (var (i, group) in byAnchor.Index())
        {
            int[] positives = [.. group.Distinct().Select(text => idOf[text])];
            float[] scores =
            [
                .. positives.Select(id =>
                    Similarity.Pair(model.SimilarityFunction, anchors[i], embeddings[id])
                ),
            ];
            var negatives = Choose(hits[i], positives, scores.Min(), options, random);
            foreach (var (positive, score) in positives.Zip(scores))
            foreach (var negative in negatives)
                mined.Add(
                    new HardNegative(
                        group.Key,
                        documents[positive],
                        documents[negative.CorpusId],
                        score,
                        negative.Score
                    )
                );
        }
        return mined;
    }

    /// <summary>Chooses one anchor's negatives among the documents most like it.</summary>
    /// <param name="candidates">The documents, the most similar first.</param>
    /// <param name="positives">Which of them answer the anchor.</param>
    /// <param name="lowestPositive">The score of the positive that is least like it: to be safe, margins are taken from there.</param>
    /// <param name="options">With <see cref="HardNegativeOptions.RangeMax"/> filled in.</param>
    /// <param name="random">Chooses among what is left; null for the most similar.</param>
    internal static SearchHit[] Choose(
        SearchHit[] candidates,
        int[] positives,
        float lowestPositive,
        HardNegativeOptions options,
        Random? random
    )
    {
        SearchHit[] left =
        [
            .. candidates
                .Where(hit => !positives.Contains(hit.CorpusId) && Allowed(hit.Score))
                .Take(options.RangeMax!.Value)
                .Skip(options.RangeMin),
        ];
        if (random is null || left.Length <= options.NegativeCount)
            return [.. left.Take(options.NegativeCount)];
        int[] order = [.. Enumerable.Range(0, left.Length)];
        random.Shuffle(order);
        return [.. order.Take(options.NegativeCount).Order().Select(i => left[i])];

        bool Allowed(float score) =>
            !(score + options.AbsoluteMargin > lowestPositive)
            && !(score > lowestPositive - MathF.Abs(lowestPositive) * options.RelativeMargin)
            && !(score > options.MaxScore)
            && !(score < options.MinScore);
    }
}
