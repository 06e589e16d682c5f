namespace SentenceTransformers;

/// <summary>Which of transformers' tokenizers a folder without tokenizer.json is made for.</summary>
internal static class TokenizerClass
{
    private const string Key = "tokenizer_class";

    /// <summary>Asks tokenizer_config.json, then config.json, as AutoTokenizer does.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="configuration">Its tokenizer_config.json, or null where there is none.</param>
    /// <param name="classesByModel">The class of each model_type, where no file names one.</param>
    /// <returns>The name without "Fast", and the file and key that say so; null when nothing is said.</returns>
    public static (string Name, string Source)? Find(
        string folder,
        JsonFile? configuration,
        IReadOnlyDictionary<string, string> classesByModel
    )
    {
        var path = Path.Combine(folder, "config.json");
        var config = File.Exists(path) ? JsonFile.ReadObject(path) : null;
        foreach (var file in new[] { configuration, config })
            if (file?.Text(Key) is { } name)
                return (
                    name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name,
                    $"{file.Path}: {Key}"
                );
        return
            config?.Text("model_type") is { } model
            && classesByModel.TryGetValue(model, out var ofModel)
            ? (ofModel, $"{path}: model_type")
            : null;
    }

    /// <summary>The error for a folder that does not say.</summary>
    public static ModelFormatException Unknown(string folder, string found, string expected) =>
        new(
            folder,
            $"holds {found}, but neither tokenizer_config.json's {Key} nor config.json's model_type says how to read it, expected {expected}"
        );
}
