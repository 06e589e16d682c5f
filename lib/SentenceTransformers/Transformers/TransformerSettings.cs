namespace SentenceTransformers;

/// <summary>sentence_bert_config.json: what sentence-transformers adds to a Hugging Face folder.</summary>
/// <param name="MaxSequenceLength">The most tokens of a text that are read; null where the file does not say.</param>
/// <param name="LowerCase">Whether text is lower-cased, whatever the tokenizer's own files say.</param>
internal sealed record TransformerSettings(int? MaxSequenceLength, bool LowerCase)
{
    // The first releases named the file after the architecture.
    private static readonly string[] FileNames =
    [
        "sentence_bert_config.json",
        "sentence_roberta_config.json",
        "sentence_distilbert_config.json",
        "sentence_camembert_config.json",
        "sentence_albert_config.json",
        "sentence_xlm-roberta_config.json",
    ];

    /// <summary>What holds where there is no such file.</summary>
    public static TransformerSettings Default { get; } = new(null, false);

    /// <summary>Reads the file, or gives the defaults where a folder has none.</summary>
    public static TransformerSettings Read(string folder)
    {
        var path = FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
            return Default;
        var file = JsonFile.ReadObject(path);
        return new TransformerSettings(
            file.Integer("max_seq_length", 1, 1 << 20),
            file.Flag("do_lower_case", false)
        );
    }

    /// <summary>Reads the file of a cross-encoder that sentence-transformers 6 saved, with its modules.json.</summary>
    /// <exception cref="ModelFormatException">The transformer does not classify, or reads chat messages instead of pairs.</exception>
    public static TransformerSettings ReadClassifier(string folder)
    {
        const string task = "transformer_task";
        var file = JsonFile.ReadObject(Path.Combine(folder, FileNames[0]));
        if (file.Text(task) is var name and not "sequence-classification")
            throw file.Invalid(
                task,
                $"'{name ?? "feature-extraction"}' is not supported in a cross-encoder, expected 'sequence-classification'"
            );
        if (file.Object("modality_config")?.Has("message") == true)
            throw file.Invalid("modality_config.message", "chat messages are not supported");
        if (file.Object("processing_kwargs")?.Keys.Any() == true)
            throw file.Invalid("processing_kwargs", "not supported");
        return Read(folder);
    }
}
