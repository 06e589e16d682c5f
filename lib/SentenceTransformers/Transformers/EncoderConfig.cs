namespace SentenceTransformers;

/// <summary>What config.json says about an encoder, by one set of names; the values here are those of BERT's base model.</summary>
/// <remarks>A key that config.json lacks has the default of the architecture's config class in Hugging Face's transformers.</remarks>
internal sealed record EncoderConfig
{
    // Far beyond any model. What the file of weights holds is compared with each number anyway.
    private const int MostRows = 1 << 24;
    private const int MostNumbers = 1 << 18;

    /// <summary>The most layers that are built: the deepest known encoder has 48, and ONNX Runtime takes minutes over a thousand.</summary>
    public const int MostLayers = 128;

    /// <summary>How many rows the word table has.</summary>
    public int VocabularySize { get; init; } = 30522;

    /// <summary>How many numbers a token's vector has inside the layers.</summary>
    public int Width { get; init; } = 768;

    /// <summary>How many layers lie on one another.</summary>
    public int Layers { get; init; } = 12;

    /// <summary>Into how many heads the attention is split; divides <see cref="Width"/>.</summary>
    public int Heads { get; init; } = 12;

    /// <summary>How many numbers the feed-forward network's hidden layer has.</summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>The feed-forward network's activation, one of <see cref="EncoderBlocks.Activations"/>.</summary>
    public string Activation { get; init; } = "gelu";

    /// <summary>How many rows the position table has.</summary>
    public int Positions { get; init; } = 512;

    /// <summary>How many rows the token type table has.</summary>
    public int TokenTypes { get; init; } = 2;

    /// <summary>What layer norms add to the variance.</summary>
    public float Epsilon { get; init; } = 1e-12f;

    /// <summary>Reads the keys that BERT and its descendants have in common; what is absent stays as it is here.</summary>
    /// <exception cref="ModelFormatException">A value is wrong, or asks for what the reference's encoder alone does not do.</exception>
    public EncoderConfig Read(JsonFile config)
    {
        if (config.Text("position_embedding_type") is { } positions and not "absolute")
            throw config.Invalid(
                "position_embedding_type",
                $"'{positions}' is not supported, expected 'absolute'"
            );
        if (config.Flag("is_decoder", false))
            throw config.Invalid("is_decoder", "true is not supported, expected an encoder");
        return this with
        {
            VocabularySize = Rows(config, "vocab_size", VocabularySize),
            Width = Size(config, "hidden_size", Width),
            Layers = LayerCount(config, "num_hidden_layers", Layers),
            Heads = HeadCount(config, "num_attention_heads", Heads, "hidden_size", Width),
            IntermediateSize = Size(config, "intermediate_size", IntermediateSize),
            Activation = ActivationName(config, "hidden_act", Activation),
            Positions = Rows(config, "max_position_embeddings", Positions),
            TokenTypes = Rows(config, "type_vocab_size", TokenTypes),
            Epsilon = SmallNumber(config, "layer_norm_eps", Epsilon),
        };
    }

    /// <summary>How many rows a table has.</summary>
    public static int Rows(JsonFile config, string key, int otherwise) =>
        config.Integer(key, 1, MostRows) ?? otherwise;

    /// <summary>How many numbers a vector has.</summary>
    public static int Size(JsonFile config, string key, int otherwise) =>
        config.Integer(key, 1, MostNumbers) ?? otherwise;

    /// <summary>How many layers, or groups of layers, there are.</summary>
    public static int LayerCount(JsonFile config, string key, int otherwise, int least = 0) =>
        config.Integer(key, least, MostLayers) ?? otherwise;

    /// <summary>How many heads the attention has, which must divide the width.</summary>
    public static int HeadCount(
        JsonFile config,
        string key,
        int otherwise,
        string widthKey,
        int otherwiseWidth
    )
    {
        var heads = config.Integer(key, 1, 1 << 10) ?? otherwise;
        var width = Size(config, widthKey, otherwiseWidth);
        return width % heads == 0
            ? heads
            : throw config.Invalid(key, $"{heads} does not divide {widthKey} {width}");
    }

    /// <summary>The name of an activation that is known.</summary>
    public static string ActivationName(JsonFile config, string key, string otherwise)
    {
        var name = config.Text(key) ?? otherwise;
        return EncoderBlocks.Activations.Contains(name)
            ? name
            : throw config.Invalid(
                key,
                $"'{name}' is not one of {string.Join(", ", EncoderBlocks.Activations)}"
            );
    }

    /// <summary>The row of the padding token, in the word table and, with RoBERTa, in the position table too.</summary>
    public int PaddingId(JsonFile config, int otherwise) =>
        config.Integer("pad_token_id", 0, VocabularySize - 1) ?? otherwise;

    /// <summary>How many tokens the position table serves where positions up to the padding's are not given to tokens.</summary>
    public int TokensBehindPadding(JsonFile config, int paddingId)
    {
        var tokens = Positions - paddingId - 1;
        return tokens > 0
            ? tokens
            : throw config.Invalid(
                "max_position_embeddings",
                $"{Positions} leaves no position behind that of the padding, {paddingId}"
            );
    }

    private static float SmallNumber(JsonFile config, string key, float otherwise) =>
        config.Number(key) is not { } number ? otherwise
        : number is >= 0 and <= 1 ? (float)number
        : throw config.Invalid(key, $"{number} is not between 0 and 1");
}
