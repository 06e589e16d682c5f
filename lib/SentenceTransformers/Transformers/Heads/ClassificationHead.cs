using System.Globalization;

namespace SentenceTransformers;

/// <summary>What makes a cross-encoder of an encoder: the first token's vector, a dense layer, an activation, a score for each label.</summary>
/// <remarks>
/// Hugging Face's <c>*ForSequenceClassification</c>, one row of a table for each: they differ in names and in the activation.
/// BERT and ALBERT call the dense layer their pooler and keep it in the body; the others keep it beside the body.
/// </remarks>
/// <param name="Dense">The dense layer's name.</param>
/// <param name="Activation">What follows it.</param>
/// <param name="Output">The name of the layer that gives the scores.</param>
/// <param name="Labels">The labels' names, in the order of the scores.</param>
internal sealed record ClassificationHead(
    string Dense,
    string Activation,
    string Output,
    IReadOnlyList<string> Labels
)
{
    private const int MaximumLabels = 1 << 16;

    /// <summary>The suffix of the reference's classes, as config.json's "architectures" has them.</summary>
    public const string ClassSuffix = "ForSequenceClassification";

    /// <summary>The head of the encoder that config.json names.</summary>
    /// <exception cref="ModelFormatException">The encoder's head is not supported, or a key is wrong.</exception>
    public static ClassificationHead Read(JsonFile config)
    {
        var labels = ReadLabels(config);
        return config.RequiredText("model_type") switch
        {
            "bert" => new("pooler.dense", "tanh", "classifier", labels),
            "albert" => new("pooler", "tanh", "classifier", labels),
            "roberta" or "xlm-roberta" or "camembert" or "mpnet" => new(
                "classifier.dense",
                "tanh",
                "classifier.out_proj",
                labels
            ),
            "electra" => new("classifier.dense", "gelu", "classifier.out_proj", labels),
            "distilbert" => new("pre_classifier", "relu", "classifier", labels),
            var other => throw config.Invalid(
                "model_type",
                $"'{other}' is not supported as a cross-encoder"
            ),
        };
    }

    /// <summary>Adds the head to the graph: token embeddings [batch, tokens, hidden] to logits [batch, labels].</summary>
    public OnnxValue Build(EncoderBlocks blocks, OnnxValue tokenEmbeddings, int hiddenSize)
    {
        var first = EncoderBlocks.FirstToken(tokenEmbeddings, hiddenSize); // [batch, hidden]
        var dense = blocks.LinearRows(first, Dense, hiddenSize, hiddenSize);
        return blocks.LinearRows(
            EncoderBlocks.Activate(dense, Activation),
            Output,
            hiddenSize,
            Labels.Count
        );
    }

    /// <summary>id2label, or as many labels as the reference takes where there is none.</summary>
    private static string[] ReadLabels(JsonFile config)
    {
        const string key = "id2label";
        if (config.Object(key) is not { } table)
        {
            var count =
                config.Integer("num_labels", 1, MaximumLabels)
                ?? (config.Has("architectures") ? 2 : 1);
            return [.. Enumerable.Range(0, count).Select(i => $"LABEL_{i}")];
        }
        var labels = new SortedDictionary<int, string>();
        foreach (var (id, label) in table.TextMembers())
            if (
                !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !labels.TryAdd(number, label)
            )
                throw config.Invalid(key, $"'{id}' is not a label's number, or is one twice");
        return labels.Count is > 0 and <= MaximumLabels && labels.Keys.Last() == labels.Count - 1
            ? [.. labels.Values]
            : throw config.Invalid(
                key,
                $"{labels.Count} labels, expected 1 to {MaximumLabels} numbered from 0 without a gap"
            );
    }
}
