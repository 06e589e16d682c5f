namespace SentenceTransformers;

/// <summary>How <see cref="SentenceTransformer.Encode(IEnumerable{string}, EncodeOptions?, CancellationToken)"/> encodes.</summary>
public sealed record EncodeOptions
{
    /// <summary>The most texts that go through the transformer in one batch; null for as many as <see cref="TokenBudget"/> holds. A batch never changes a vector beyond rounding.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The most tokens of a batch, padding included; a text that is longer has a batch of its own.</summary>
    public int TokenBudget { get; init; } = Batches.TokenBudget;

    /// <summary>How many batches run at once, one thread each; null for one on each of the machine's cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The name of a prompt of the model ("query") that is put before each text; null for the model's default prompt, if any.</summary>
    public string? PromptName { get; init; }

    /// <summary>A prompt that is put before each text; goes before <see cref="PromptName"/>.</summary>
    public string? Prompt { get; init; }

    /// <summary>The most tokens of a text, if less than the model's own limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether to keep only the first numbers of each vector (for models trained so, "Matryoshka").</summary>
    public int? TruncateDimension { get; init; }

    /// <summary>Whether to scale each vector to length 1.</summary>
    public bool NormalizeEmbeddings { get; init; }

    /// <summary>Told after each batch how many texts are done.</summary>
    public IProgress<EncodeProgress>? Progress { get; init; }
}
