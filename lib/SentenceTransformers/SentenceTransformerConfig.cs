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

    /// <summary>Where the file of a model folder lies, whether or not there is one.</summary>
    public static string PathOf(string folder) =>
        Path.Combine(folder, "config_sentence_transformers.json");

    /// <summary>Reads the file, or gives the defaults where a folder has none.</summary>
    public static SentenceTransformerConfig Load(string folder)
    {
        var path = PathOf(folder);
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

    /// <summary>The prompt to put before each text: the one given, or else that of the name, or else the model's default; or null.</summary>
    /// <exception cref="ArgumentException">The model has no prompt of that name.</exception>
    public string? PromptFor(string? given, string? promptName)
    {
        if (given is not null)
            return given;
        if ((promptName ?? DefaultPromptName) is not { } name)
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
