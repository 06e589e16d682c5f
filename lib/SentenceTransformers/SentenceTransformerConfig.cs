namespace SentenceTransformers;

/// <summary>config_sentence_transformers.json: prompts and how vectors are compared.</summary>
internal sealed record SentenceTransformerConfig(
    IReadOnlyDictionary<string, string> Prompts,
    string? DefaultPromptName,
    SimilarityFunction SimilarityFunction,
    int? TruncateDimension
)
{
    public static SentenceTransformerConfig Empty { get; } =
        new(new Dictionary<string, string>(), null, SimilarityFunction.Cosine, null);

    /// <summary>Reads the file, or gives the defaults where a folder has none.</summary>
    public static SentenceTransformerConfig Load(string folder)
    {
        var path = Path.Combine(folder, "config_sentence_transformers.json");
        if (!File.Exists(path))
            return Empty;
        var file = JsonFile.ReadObject(path);
        var prompts = new Dictionary<string, string>();
        if (file.Object("prompts") is { } table)
            foreach (var (name, prompt) in table.TextMembers())
                prompts[name] = prompt;
        var defaultPrompt = file.Text("default_prompt_name");
        if (defaultPrompt is not null && !prompts.ContainsKey(defaultPrompt))
            throw file.Invalid(
                "default_prompt_name",
                $"'{defaultPrompt}' is not one of the prompts"
            );
        return new SentenceTransformerConfig(
            prompts,
            defaultPrompt,
            Function(file),
            file.Integer("truncate_dim", 1, 1 << 16)
        );
    }

    /// <summary>The prompt to put before each text, or null.</summary>
    /// <exception cref="ArgumentException">The model has no prompt of that name.</exception>
    public string? PromptFor(EncodeOptions options)
    {
        if (options.Prompt is not null)
            return options.Prompt;
        if ((options.PromptName ?? DefaultPromptName) is not { } name)
            return null;
        return Prompts.TryGetValue(name, out var prompt)
            ? prompt
            : throw new ArgumentException(
                Prompts.Count == 0
                    ? $"no prompt '{name}': the model has no prompts"
                    : $"no prompt '{name}': the model has {string.Join(", ", Prompts.Keys.Order(StringComparer.Ordinal))}"
            );
    }

    private static SimilarityFunction Function(JsonFile file) =>
        file.Text("similarity_fn_name") switch
        {
            null or "cosine" => SimilarityFunction.Cosine,
            "dot" => SimilarityFunction.Dot,
            "euclidean" => SimilarityFunction.Euclidean,
            "manhattan" => SimilarityFunction.Manhattan,
            var other => throw file.Invalid(
                "similarity_fn_name",
                $"'{other}' is not one of cosine, dot, euclidean, manhattan"
            ),
        };
}
