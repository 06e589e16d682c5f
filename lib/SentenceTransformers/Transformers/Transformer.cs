namespace SentenceTransformers;

/// <summary>The first module: texts to tokens, and tokens through a transformer encoder to token embeddings.</summary>
/// <remarks>The counterpart of sentence-transformers' <c>Transformer</c> module over a Hugging Face model folder.</remarks>
public sealed class Transformer : ITextModule, IDisposable
{
    private readonly Architecture architecture;
    private readonly EncoderSession session;
    private readonly ClassificationHead? head;
    private readonly bool lowerCase; // done by the tokenizer, and printed here

    private Transformer(
        string folder,
        Architecture architecture,
        ClassificationHead? head,
        Tokenizer tokenizer,
        EncoderSession session,
        int maxSequenceLength,
        bool lowerCase
    )
    {
        Folder = folder;
        this.architecture = architecture;
        this.head = head;
        this.session = session;
        this.lowerCase = lowerCase;
        Tokenizer = tokenizer;
        MaxSequenceLength = maxSequenceLength;
    }

    /// <summary>The folder that it was loaded from, for error messages.</summary>
    internal string Folder { get; }

    string ITextModule.Folder => Folder;

    /// <summary>The tokenizer of the model's folder.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The most tokens of a text that are read, special tokens included; the rest of the text is cut off.</summary>
    public int MaxSequenceLength { get; }

    /// <summary>How many numbers each token's vector has.</summary>
    public int EmbeddingDimension => architecture.HiddenSize;

    /// <summary>The labels of a cross-encoder's transformer, in the order of its logits; empty for one that gives token embeddings.</summary>
    public IReadOnlyList<string> Labels => head?.Labels ?? [];

    /// <summary>Loads a Hugging Face model folder: config.json, a tokenizer, and the weights or onnx/model.onnx.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="maxSequenceLength">The most tokens of a text; null for what the folder says.</param>
    /// <param name="options">In which precision; null for that of the weights.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of tokens or of threads is less than 1.</exception>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="ModelFormatException">A file cannot be used.</exception>
    public static Transformer Load(
        string folder,
        int? maxSequenceLength = null,
        LoadOptions? options = null
    )
    {
        if (maxSequenceLength is < 1)
            throw new ArgumentOutOfRangeException(
                nameof(maxSequenceLength),
                maxSequenceLength,
                "expected at least 1 token"
            );
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder");
        return Load(
            folder,
            JsonFile.ReadObject(Path.Combine(folder, "config.json")),
            head: null,
            TransformerSettings.Read(folder),
            maxSequenceLength,
            options ?? new LoadOptions()
        );
    }

    /// <summary>Loads a cross-encoder's folder: the same files, with a classification head on the encoder.</summary>
    internal static Transformer LoadClassifier(
        string folder,
        JsonFile config,
        TransformerSettings settings,
        LoadOptions options
    ) => Load(folder, config, ClassificationHead.Read(config), settings, null, options);

    private static Transformer Load(
        string folder,
        JsonFile config,
        ClassificationHead? head,
        TransformerSettings settings,
        int? maxSequenceLength,
        LoadOptions options
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ThreadsPerRun, 1);
        var architecture = Architecture.Read(config);
        // The session and the tokenizer take about as long as each other, and neither needs the other.
        var opening = Task.Run(() => Open(folder, architecture, head, options));
        try
        {
            var tokenizer = Tokenizer.Load(folder, settings.LowerCase);
            // As the reference: what the folder says, else the smaller of the position table and the tokenizer's own limit. (With
            // RoBERTa the table is two rows longer than a text may be; such a text is refused when it comes.)
            var length =
                maxSequenceLength
                ?? settings.MaxSequenceLength
                ?? Math.Min(architecture.Positions, tokenizer.ModelMaxLength ?? int.MaxValue);
            var specialTokens = tokenizer.Encode("", head is null ? null : "").Length;
            if (length < specialTokens)
                throw new ModelFormatException(
                    folder,
                    $"a maximum of {length} tokens does not hold the {specialTokens} special tokens"
                );
            return new Transformer(
                folder,
                architecture,
                head,
                tokenizer,
                opening.GetAwaiter().GetResult(),
                length,
                settings.LowerCase
            );
        }
        catch
        {
            ((IAsyncResult)opening).AsyncWaitHandle.WaitOne(); // nothing holds the folder when the caller is told
            if (opening.IsCompletedSuccessfully)
                opening.Result.Dispose();
            throw;
        }
    }

    /// <summary>A graph that the folder has is run as it is; 8 bits are made of the weights.</summary>
    private static EncoderSession Open(
        string folder,
        Architecture architecture,
        ClassificationHead? head,
        LoadOptions options
    )
    {
        var onnx = Path.Combine(folder, "onnx", "model.onnx");
        return options.Precision == Precision.Float32 && File.Exists(onnx)
            ? EncoderSession.FromOnnx(onnx, head, options)
            : EncoderSession.FromWeights(folder, architecture, head, options);
    }

    /// <summary>Tokenizes one text, or a pair of texts, cut to <see cref="MaxSequenceLength"/> or to a smaller limit.</summary>
    public TokenEncoding Tokenize(string text, int? maxLength = null, string? pair = null) =>
        Tokenizer.Encode(text, pair, Math.Min(maxLength ?? int.MaxValue, MaxSequenceLength));

    /// <summary>Puts token sequences into one batch, padded on the right to the longest; shape [batch, tokens].</summary>
    public Features Batch(IReadOnlyList<TokenEncoding> encodings, int promptLength = 0)
    {
        // A model of one type is told nothing else: klue/roberta-base has BERT's tokenizer, which numbers a pair's texts 0 and 1.
        return Features.Of(
            encodings,
            Tokenizer.PadTokenId ?? 0, // masked, so any id will do
            withTypes: architecture.TokenTypes > 1,
            promptLength
        );
    }

    /// <summary>Sets the batch's token embeddings, shape [batch, tokens, dimension], or a cross-encoder's logits, shape [batch][labels].</summary>
    /// <exception cref="ArgumentException">The batch's arrays are not [batch, tokens], an id is none of the model's, or there are more tokens than positions.</exception>
    /// <exception cref="ModelFormatException">The tokenizer gave an id that the model does not know.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    public void Forward(Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var size = (long)features.BatchSize * features.TokenCount;
        foreach (
            var array in new[] { features.InputIds, features.AttentionMask, features.TokenTypeIds }
        )
            if (array.Length != size || size == 0)
                throw new ArgumentException(
                    $"{array.Length} numbers for {features.BatchSize} texts of {features.TokenCount} tokens",
                    nameof(features)
                );
        if (features.TokenCount > architecture.MaxTokens)
            throw new ArgumentException(
                $"{Folder}: a text of {features.TokenCount} tokens, and the model has {architecture.MaxTokens} positions; lower the maximum length"
            );
        // An id below zero would be counted from the table's end.
        var wrong = features
            .InputIds.AsSpan()
            .IndexOfAnyExceptInRange(0, architecture.VocabularySize - 1);
        if (wrong >= 0)
            throw UnknownId(features.InputIds[wrong]);
        wrong = features
            .TokenTypeIds.AsSpan()
            .IndexOfAnyExceptInRange(0, architecture.TokenTypes - 1);
        if (wrong >= 0 && architecture.TokenTypes > 1)
            throw new ArgumentException(
                $"token type {features.TokenTypeIds[wrong]} is not between 0 and {architecture.TokenTypes - 1}"
            );
        if (head is null)
            features.TokenEmbeddings = session.Run(features);
        else
            features.Logits = session.RunHead(features, head.Labels.Count);
    }

    // The tokenizer's own id is a contradiction between the model's files; any other is the caller's.
    private Exception UnknownId(long id) =>
        id is >= 0 and <= int.MaxValue && Tokenizer.IdToToken((int)id) is { } token
            ? new ModelFormatException(
                Folder,
                $"the tokenizer gives token {id} '{token}', and the model knows {architecture.VocabularySize}"
            )
            : new ArgumentException(
                $"token id {id} is not between 0 and {architecture.VocabularySize - 1}"
            );

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    /// <inheritdoc/>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <inheritdoc/>
    public string ToString(PrintStyle style)
    {
        var (task, output, feature, name) = head is null
            ? ("feature-extraction", "last_hidden_state", "token_embeddings", architecture.Name)
            : ("sequence-classification", "logits", "scores", ClassifierName);
        return style switch
        {
            // The space at the end is Python's own.
            PrintStyle.Classic =>
                $"Transformer({{'max_seq_length': {MaxSequenceLength}, 'do_lower_case': {(lowerCase ? "True" : "False")}}}) "
                    + $"with Transformer model: {name} ",
            _ =>
                $"Transformer({{'transformer_task': '{task}', 'modality_config': {{'text': {{'method': 'forward', "
                    + $"'method_output_name': '{output}'}}}}, 'module_output_name': '{feature}', 'architecture': '{name}'}})",
        };
    }

    // BertModel with a head is BertForSequenceClassification.
    private string ClassifierName =>
        architecture.Name[..^"Model".Length] + ClassificationHead.ClassSuffix;
}
