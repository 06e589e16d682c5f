using System.Text;

namespace ServedModels;

/// <summary>Whose server is asked, and how much at once.</summary>
public sealed record ServedModelOptions
{
    /// <summary>The address before "/embeddings", for any server that speaks OpenAI's interface; null for OPENAI_BASE_URL, else OpenAI's own.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>The most texts of a request; OpenAI's own limit is 2,048.</summary>
    public int MaximumTexts { get; init; } = 2048;

    /// <summary>The most tokens of a request, by <see cref="CountTokens"/>; OpenAI's own limit is 300,000.</summary>
    public int MaximumTokens { get; init; } = 250_000;

    /// <summary>
    /// How many tokens a text has. The service's own tokenizer is not known, so by default its bytes are counted:
    /// never too few, since a token has at least one.
    /// </summary>
    public Func<string, int> CountTokens { get; init; } = Encoding.UTF8.GetByteCount;

    /// <summary>How long an answer may take before the request is made again.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request that fails in passing (429, 5xx, no answer) is made again; Retry-After is obeyed.</summary>
    public int Retries { get; init; } = 4;
}
