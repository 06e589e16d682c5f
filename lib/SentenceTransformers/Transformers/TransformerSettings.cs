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

    /// <summary>Reads the file, or gives the defaults where a folder has none.</summary>
    public static TransformerSettings Read(string folder)
    {
        var path = FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (path is null)
            return new TransformerSettings(null, false);
        var file = JsonFile.ReadObject(path);
        return new TransformerSettings(
            file.Integer("max_seq_length", 1, 1 << 20),
            file.Flag("do_lower_case", false)
        );
    }
}
