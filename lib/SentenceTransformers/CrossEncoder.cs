namespace SentenceTransformers;

/// <summary>A cross-encoder: reads two texts together and scores the pair, more exactly than vectors do and far slower.</summary>
/// <remarks>
/// A transformer with a classification head, as <c>CrossEncoder</c> of sentence-transformers. It makes no vectors, so
/// nothing can be computed ahead: the usual use is to rank again what a bi-encoder found (Nogueira and Cho 2019).
/// One model may score on many threads at once.
/// </remarks>
/// <example>
/// <code>
/// using var model = CrossEncoder.Load("ko-mini-cross");
/// float[] scores = model.Predict([("오늘 날씨가 좋아요", "오늘 하늘이 맑아요")]);
/// </code>
/// </example>
public sealed partial class CrossEncoder : IDisposable
{
    private readonly SentenceTransformerConfig config;

    private CrossEncoder(
        Transformer transformer,
        ActivationFunction activation,
        SentenceTransformerConfig config,
        IReadOnlyList<string> warnings
    )
    {
        Transformer = transformer;
        Activation = activation;
        Warnings = warnings;
        this.config = config;
    }

    /// <summary>The transformer, whose output is logits.</summary>
    public Transformer Transformer { get; }

    /// <summary>The model's tokenizer.</summary>
    public Tokenizer Tokenizer => Transformer.Tokenizer;

    /// <summary>The most tokens of a pair that are read, special tokens included.</summary>
    public int MaxSequenceLength => Transformer.MaxSequenceLength;

    /// <summary>What the scores are of, in their order (config.json's <c>id2label</c>); one for a model that gives one number.</summary>
    public IReadOnlyList<string> Labels => Transformer.Labels;

    /// <summary>What is done to each logit: sigmoid where there is one label and the folder says nothing else.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Texts that the model was trained to see before each first text, by name.</summary>
    public IReadOnlyDictionary<string, string> Prompts => config.Prompts;

    /// <summary>What a user should know about how the model was loaded.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The structure as Python's <c>print(model)</c> shows it.</summary>
    public override string ToString() =>
        $"CrossEncoder(\n  (0): {Transformer.ToString(PrintStyle.Current)}\n)";

    /// <inheritdoc/>
    public void Dispose() => Transformer.Dispose();
}
