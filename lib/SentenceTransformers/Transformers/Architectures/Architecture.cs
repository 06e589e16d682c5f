namespace SentenceTransformers;

/// <summary>One kind of transformer encoder: what it reads from config.json, and its graph.</summary>
/// <remarks>A new architecture is one file: a subclass that reads like its paper's figure, and a line in <see cref="Read"/>.</remarks>
internal abstract class Architecture
{
    /// <summary>The reference's class, as a model prints it: "BertModel".</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers each token's vector has.</summary>
    public abstract int HiddenSize { get; }

    /// <summary>The most tokens that the position table serves.</summary>
    public abstract int MaxTokens { get; }

    /// <summary>How many rows the word table has; an id must lie below.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The weight by whose name the prefix of all names is found: files carry "bert." or nothing before it.</summary>
    public abstract string AnchorWeight { get; }

    /// <summary>Adds the encoder to the graph: ids, mask and types [batch, tokens] to token embeddings [batch, tokens, hidden].</summary>
    public abstract OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue tokenTypeIds
    );

    /// <summary>The architecture that config.json names.</summary>
    /// <exception cref="ModelFormatException">It is not supported, or a key is missing or wrong.</exception>
    public static Architecture Read(JsonFile config) =>
        config.RequiredText("model_type") switch
        {
            "bert" => new BertModel(config),
            var other => throw config.Invalid(
                "model_type",
                $"'{other}' is not supported yet, expected 'bert'"
            ),
        };
}
