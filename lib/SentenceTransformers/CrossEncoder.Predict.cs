namespace SentenceTransformers;

public sealed partial class CrossEncoder
{
    /// <summary>Scores pairs, in their order, with a model that has one label; shape [pairs].</summary>
    /// <param name="pairs">The pairs. A text may be empty.</param>
    /// <param name="options">Batch size, activation and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="InvalidOperationException">The model has several labels: see <see cref="PredictLabels"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the model has no such prompt.</exception>
    /// <exception cref="ModelFormatException">The model gives NaN or an infinity.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[] Predict(
        IEnumerable<(string Text, string Pair)> pairs,
        PredictOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        RequireOneLabel(nameof(Predict));
        return [.. PredictLabels(pairs, options, cancellation).Select(scores => scores[0])];
    }

    /// <summary>Scores each label for each pair, in their order; shape [pairs][labels].</summary>
    /// <param name="pairs">The pairs. A text may be empty.</param>
    /// <param name="options">Batch size, activation and so on; null for the model's own, which are logits for several labels.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the model has no such prompt.</exception>
    /// <exception cref="ModelFormatException">The model gives NaN or an infinity.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[][] PredictLabels(
        IEnumerable<(string Text, string Pair)> pairs,
        PredictOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(pairs);
        options ??= new PredictOptions();
        Batches.Check(options.BatchSize, options.TokenBudget, options.Threads);
        if (options.Activation == ActivationFunction.Softmax && Labels.Count == 1)
            throw new ArgumentException("softmax: of one label it is always 1", nameof(options));
        var cores = options.Threads ?? Environment.ProcessorCount;
        var encodings = Tokenize([.. pairs], options, cores, cancellation);
        var scores = new float[encodings.Length][];
        Batches.Run(
            Batches.Cut(encodings, options.BatchSize, options.TokenBudget, cores),
            cores,
            batch =>
            {
                var features = Transformer.Batch([.. batch.Select(i => encodings[i])]);
                Transformer.Forward(features);
                for (var row = 0; row < batch.Length; row++)
                    scores[batch[row]] = Finish(features.Logits![row], batch[row], options);
            },
            options.Progress,
            cancellation
        );
        return scores;
    }

    /// <summary>Ranks documents by how well they answer a query, best first; equal scores keep their documents' order.</summary>
    /// <param name="query">The first text of each pair.</param>
    /// <param name="documents">The second texts.</param>
    /// <param name="topK">How many to give at most; null for all.</param>
    /// <param name="options">Batch size, activation and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="InvalidOperationException">The model has several labels, and no order follows from them.</exception>
    public IReadOnlyList<RankedDocument> Rank(
        string query,
        IEnumerable<string> documents,
        int? topK = null,
        PredictOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        RequireOneLabel(nameof(Rank));
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(documents);
        if (topK is < 0)
            throw new ArgumentOutOfRangeException(nameof(topK), topK, "expected at least 0");
        var texts = documents.ToArray();
        var scores = Predict(texts.Select(text => (query, text)), options, cancellation);
        return
        [
            .. texts
                .Select((text, i) => new RankedDocument(i, scores[i], text))
                .OrderByDescending(document => document.Score) // stable, as Python's sort is
                .Take(topK ?? int.MaxValue),
        ];
    }

    /// <summary>How many tokens a pair has with its prompt, special tokens included, before anything is cut off.</summary>
    public int CountTokens(string text, string pair, PredictOptions? options = null) =>
        Tokenizer
            .Encode(config.PromptFor(options?.Prompt, options?.PromptName) + text, pair)
            .Length;

    private TokenEncoding[] Tokenize(
        (string Text, string Pair)[] pairs,
        PredictOptions options,
        int cores,
        CancellationToken cancellation
    )
    {
        var prompt = config.PromptFor(options.Prompt, options.PromptName);
        return ((ITextModule)Transformer).Tokenize(
            pairs.Length,
            i =>
            {
                ArgumentNullException.ThrowIfNull(pairs[i].Text, $"pairs[{i}]");
                ArgumentNullException.ThrowIfNull(pairs[i].Pair, $"pairs[{i}]");
                return (prompt + pairs[i].Text, pairs[i].Pair);
            },
            options.MaxLength,
            cores,
            cancellation
        );
    }

    /// <summary>Logits to scores, in place.</summary>
    private float[] Finish(float[] logits, int pair, PredictOptions options)
    {
        // A NaN has no place in a ranking, and would take one all the same.
        if (NonFinite.IndexIn(logits, out var found) is >= 0 and var label)
            throw new ModelFormatException(
                Transformer.Folder,
                $"the model gives {found} as logit {label} of pair {pair}"
            );
        (options.Activation ?? Activation).Apply(logits);
        return logits;
    }

    private void RequireOneLabel(string method)
    {
        if (Labels.Count != 1)
            throw new InvalidOperationException(
                $"{method} needs a model of one label, and this one has {Labels.Count} ({string.Join(", ", Labels)}): see {nameof(PredictLabels)}"
            );
    }
}
