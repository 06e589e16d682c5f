namespace SentenceTransformers;

public sealed partial class SentenceTransformer
{
    /// <summary>Encodes one text; shape [dimension].</summary>
    public float[] Encode(string text, EncodeOptions? options = null) => Encode([text], options)[0];

    /// <summary>Encodes texts, in their order; shape [texts][dimension].</summary>
    /// <param name="texts">The texts. An empty one has a vector too.</param>
    /// <param name="options">Batch size, prompt, normalisation and so on; null for the model's own.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="ArgumentException">The model has no such prompt, or an option is out of range.</exception>
    /// <exception cref="ModelFormatException">The model gives NaN or an infinity.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[][] Encode(
        IEnumerable<string> texts,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        options ??= new EncodeOptions();
        Check(options);
        return Encode([.. texts], 0, options, cancellation);
    }

    /// <summary>How many tokens a text has with its prompt, special tokens included, before anything is cut off.</summary>
    public int CountTokens(string text, EncodeOptions? options = null) =>
        Tokenizer.Encode(Config.PromptFor(options?.Prompt, options?.PromptName) + text).Length;

    /// <summary>Tokenizes texts into one padded batch, the first of the three visible steps.</summary>
    public Features Tokenize(IEnumerable<string> texts) =>
        Text.Batch([
            .. texts.Select(
                (text, i) =>
                {
                    ArgumentNullException.ThrowIfNull(text, $"texts[{i}]");
                    return Text.Tokenize(text);
                }
            ),
        ]);

    /// <summary>Sends a batch through all modules, which add their features to it.</summary>
    public Features Forward(Features features)
    {
        foreach (var module in Modules)
            module.Forward(features);
        return features;
    }

    /// <summary>Encodes as <see cref="Encode(IEnumerable{string}, EncodeOptions?, CancellationToken)"/> does, one text after the other: the readable reference.</summary>
    internal float[][] EncodeOneByOne(IEnumerable<string> texts) =>
        [.. texts.Select(text => Forward(Tokenize([text])).SentenceEmbeddings![0])];

    private float[][] Encode(
        string[] texts,
        int first, // the number of texts[0] in a stream
        EncodeOptions options,
        CancellationToken cancellation
    )
    {
        var prompt = Config.PromptFor(options.Prompt, options.PromptName);
        var promptLength = string.IsNullOrEmpty(prompt)
            ? 0
            : PromptLength(prompt, options.MaxLength);
        var cores = options.Threads ?? Environment.ProcessorCount;
        var encodings = Text.Tokenize(
            texts.Length,
            i =>
            {
                ArgumentNullException.ThrowIfNull(texts[i], $"texts[{first + i}]");
                return (prompt + texts[i], null);
            },
            options.MaxLength,
            cores,
            cancellation
        );
        var vectors = new float[encodings.Length][];
        Batches.Run(
            Batches.Cut(encodings, options.BatchSize, options.TokenBudget, cores),
            cores,
            batch =>
            {
                var features = Forward(
                    Text.Batch([.. batch.Select(i => encodings[i])], promptLength)
                );
                for (var row = 0; row < batch.Length; row++)
                    vectors[batch[row]] = Finish(
                        features.SentenceEmbeddings![row],
                        $"text {first + batch[row]}",
                        options
                    );
                if (keepsNoTokens)
                    features.TokenEmbeddings?.Recycle();
            },
            options.Progress,
            cancellation
        );
        return vectors;
    }

    private void Check(EncodeOptions options)
    {
        Batches.Check(options.BatchSize, options.TokenBudget, options.Threads);
        if ((options.TruncateDimension ?? Config.TruncateDimension) is < 1)
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.TruncateDimension,
                "TruncateDimension must be at least 1"
            );
    }

    /// <summary>How many tokens the prompt alone has, cut as the texts are, without the special token that may end it.</summary>
    private int PromptLength(string prompt, int? maxLength)
    {
        var ids = Text.Tokenize(prompt, maxLength).Ids;
        return ids is [.., var last] && Tokenizer.IsSpecial(last) ? ids.Length - 1 : ids.Length;
    }

    private float[] Finish(float[] vector, string what, EncodeOptions options)
    {
        // Weights may be finite and too large all the same; of a NaN nothing is nearest, without a word.
        if (NonFinite.IndexIn(vector, out var found) is >= 0 and var place)
            throw new ModelFormatException(
                Text.Folder,
                $"the model gives {found} as number {place} of the vector of {what}"
            );
        if (
            (options.TruncateDimension ?? Config.TruncateDimension) is { } dimension
            && dimension < vector.Length
        )
            vector = vector[..dimension];
        return options.NormalizeEmbeddings ? Normalize.ToUnitLength(vector) : vector;
    }
}
