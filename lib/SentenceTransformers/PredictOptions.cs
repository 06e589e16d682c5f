namespace SentenceTransformers;

/// <summary>How <see cref="CrossEncoder"/> scores pairs.</summary>
public sealed record PredictOptions
{
    /// <summary>The most pairs that go through the transformer in one batch; null for as many as <see cref="TokenBudget"/> holds. A batch never changes a score beyond rounding.</summary>
    public int? BatchSize { get; init; }

    /// <summary>The most tokens of a batch, padding included; a pair that is longer has a batch of its own.</summary>
    public int TokenBudget { get; init; } = Batches.TokenBudget;

    /// <summary>How many batches run at once, one thread each; null for one on each of the machine's cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The most tokens of a pair, if less than the model's own limit; the longer text is cut first.</summary>
    public int? MaxLength { get; init; }

    /// <summary>
    /// What is done to a pair's logits; null for the model's own, <see cref="ActivationFunction.Identity"/> for the logits,
    /// <see cref="ActivationFunction.Softmax"/> to make those of several labels probabilities that sum to 1.
    /// </summary>
    public ActivationFunction? Activation { get; init; }

    /// <summary>The name of a prompt of the model that is put before each first text; null for the model's default prompt, if any.</summary>
    public string? PromptName { get; init; }

    /// <summary>A prompt that is put before each first text; goes before <see cref="PromptName"/>.</summary>
    public string? Prompt { get; init; }

    /// <summary>Told after each batch how many pairs are done.</summary>
    public IProgress<EncodeProgress>? Progress { get; init; }
}
