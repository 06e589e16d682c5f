namespace SentenceTransformers;

/// <summary>One kind of transformer encoder: what it reads from config.json, and its graph.</summary>
/// <remarks>A new architecture is one file: a subclass that reads like its paper's figure, and a line in <see cref="Read"/>.</remarks>
internal abstract class Architecture(EncoderConfig config)
{
    /// <summary>The reference's class, as a model prints it: "BertModel".</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers each token's vector has.</summary>
    public int HiddenSize => Config.Width;

    /// <summary>How many rows the word table has; an id must lie below.</summary>
    public int VocabularySize => Config.VocabularySize;

    /// <summary>How many rows the position table has, which the reference takes as the limit of a text's tokens.</summary>
    public int Positions => Config.Positions;

    /// <summary>The most tokens that the position table really serves: where padding has positions too, fewer than its rows.</summary>
    public virtual int MaxTokens => Config.Positions;

    /// <summary>How many token types (segments) the model tells apart; where it is one, types say nothing and are not read.</summary>
    public int TokenTypes => Config.TokenTypes;

    /// <summary>The weight by whose name the prefix of all names is found: files carry "bert." or nothing before it.</summary>
    public virtual string AnchorWeight => "embeddings.word_embeddings.weight";

    /// <summary>The sizes and functions that config.json names.</summary>
    public EncoderConfig Config => config;

    /// <summary>Adds the encoder to the graph: ids, mask and types [batch, tokens] to token embeddings [batch, tokens, hidden].</summary>
    /// <param name="blocks">What the graph is built with.</param>
    /// <param name="inputIds">Token ids.</param>
    /// <param name="attentionMask">1 for a token, 0 for padding.</param>
    /// <param name="tokenTypeIds">Segment ids; null where there is only one (see <see cref="TokenTypes"/>).</param>
    public abstract OnnxValue Build(
        EncoderBlocks blocks,
        OnnxValue inputIds,
        OnnxValue attentionMask,
        OnnxValue? tokenTypeIds
    );

    /// <summary>The architecture that config.json names.</summary>
    /// <exception cref="ModelFormatException">It is not supported, or a key is missing or wrong.</exception>
    public static Architecture Read(JsonFile config) =>
        config.RequiredText("model_type") switch
        {
            "bert" => new BertModel(config),
            "roberta" => new RobertaModel(config, "RobertaModel"),
            "xlm-roberta" => new RobertaModel(config, "XLMRobertaModel"),
            "camembert" => new RobertaModel(config, "CamembertModel"),
            "distilbert" => new DistilBertModel(config),
            "electra" => new ElectraModel(config),
            "mpnet" => new MPNetModel(config),
            "albert" => new AlbertModel(config),
            var other => throw config.Invalid(
                "model_type",
                $"'{other}' is not supported, expected bert, roberta, xlm-roberta, camembert, distilbert, electra, mpnet or albert"
            ),
        };
}
