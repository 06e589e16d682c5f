using System.Text;

namespace SentenceTransformers;

/// <summary>A bi-encoder: each text by itself becomes one vector, and vectors are compared by cosine.</summary>
/// <remarks>
/// An ordered list of modules, as in sentence-transformers: Transformer, Pooling, and perhaps Dense and Normalize.
/// Sentence-BERT: Reimers and Gurevych 2019. One model may encode on many threads at once.
/// </remarks>
/// <example>
/// <code>
/// using var model = SentenceTransformer.Load("ko-mini");
/// float[][] vectors = model.Encode(["오늘 날씨가 좋아요", "오늘 하늘이 맑아요"]);
/// float[,] cosines = Similarity.Cosine(vectors);
/// </code>
/// </example>
public sealed partial class SentenceTransformer : IDisposable
{
    // A module of somebody else's may hold on to the token embeddings that it saw.
    private readonly bool keepsNoTokens;

    /// <summary>Puts a model together from its modules, as the lectures do: a transformer, a pooling, and what may follow.</summary>
    public SentenceTransformer(Transformer transformer, params IModule[] modules)
        : this([transformer, .. modules], SentenceTransformerConfig.Empty, []) { }

    /// <summary>Puts a model together that reads texts and pictures.</summary>
    public SentenceTransformer(ClipModel clip, params IModule[] modules)
        : this([clip, .. modules], SentenceTransformerConfig.Empty, []) { }

    private SentenceTransformer(
        IReadOnlyList<IModule> modules,
        SentenceTransformerConfig config,
        IReadOnlyList<string> warnings
    )
    {
        Modules = modules;
        keepsNoTokens = modules.All(module =>
            module.GetType().Assembly == typeof(IModule).Assembly
        );
        Config = config;
        Warnings = warnings;
        Text =
            (modules.Count > 0 ? modules[0] as ITextModule : null)
            ?? throw new ArgumentException(
                "the first module must be a Transformer or a ClipModel",
                nameof(modules)
            );
        if (Text is Transformer && !modules.Any(module => module is Pooling))
            throw new ArgumentException(
                "a Pooling module must follow the Transformer: it makes one vector of many",
                nameof(modules)
            );
    }

    /// <summary>The modules in the order in which a batch flows through them.</summary>
    public IReadOnlyList<IModule> Modules { get; }

    /// <summary>The first module of a model that gives every token a vector.</summary>
    /// <exception cref="NotSupportedException">The first module is another, as of CLIP.</exception>
    public Transformer Transformer =>
        Text as Transformer
        ?? throw new NotSupportedException(
            $"{Text.Folder} has no Transformer module: its first is {Text.ToString(PrintStyle.Classic)}"
        );

    /// <summary>The first module of a model that reads pictures too; null for others.</summary>
    public ClipModel? Clip => Text as ClipModel;

    /// <summary>The model's tokenizer.</summary>
    public Tokenizer Tokenizer => Text.Tokenizer;

    /// <summary>The most tokens of a text that are read.</summary>
    public int MaxSequenceLength => Text.MaxSequenceLength;

    /// <summary>Texts that the model was trained to see before others, by name: "query" to "query: ".</summary>
    public IReadOnlyDictionary<string, string> Prompts => Config.Prompts;

    /// <summary>How this model's vectors are meant to be compared.</summary>
    public SimilarityFunction SimilarityFunction => Config.SimilarityFunction;

    /// <summary>What a user should know about how the model was loaded, such as that its pooling was guessed.</summary>
    public IReadOnlyList<string> Warnings { get; }

    private SentenceTransformerConfig Config { get; }

    private ITextModule Text { get; }

    /// <summary>The structure as Python's <c>print(model)</c> shows it, in the classic form.</summary>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <summary>The structure as Python's <c>print(model)</c> shows it.</summary>
    public string ToString(PrintStyle style)
    {
        var text = new StringBuilder("SentenceTransformer(\n");
        for (var i = 0; i < Modules.Count; i++)
            text.Append("  (")
                .Append(i)
                .Append("): ")
                .Append(Modules[i].ToString(style).Replace("\n", "\n  ", StringComparison.Ordinal))
                .Append('\n');
        return text.Append(')').ToString();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var module in Modules)
            (module as IDisposable)?.Dispose();
    }
}
