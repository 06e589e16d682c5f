namespace SentenceTransformers;

public sealed partial class SentenceTransformer
{
    private static readonly string[] DocumentPrompts = ["document", "passage", "corpus"];

    /// <summary>Encodes texts that look for others: with the model's prompt "query", if it has one; shape [texts][dimension].</summary>
    /// <inheritdoc cref="Encode(IEnumerable{string}, EncodeOptions?, CancellationToken)"/>
    public float[][] EncodeQuery(
        IEnumerable<string> texts,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    ) => Encode(texts, WithPrompt(options, "query"), cancellation);

    /// <summary>Encodes texts that are looked for: with the model's prompt "document", "passage" or "corpus", the first that it has; shape [texts][dimension].</summary>
    /// <inheritdoc cref="Encode(IEnumerable{string}, EncodeOptions?, CancellationToken)"/>
    public float[][] EncodeDocument(
        IEnumerable<string> texts,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    ) => Encode(texts, WithPrompt(options, DocumentPrompts), cancellation);

    /// <summary>The options with the first of the prompts that the model has, unless they name one themselves.</summary>
    private EncodeOptions? WithPrompt(EncodeOptions? options, params string[] names) =>
        options is { Prompt: not null } or { PromptName: not null } ? options
        : names.FirstOrDefault(Prompts.ContainsKey) is { } name
            ? (options ?? new EncodeOptions()) with
            {
                PromptName = name,
            }
        : options;
}
