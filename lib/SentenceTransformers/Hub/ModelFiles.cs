namespace SentenceTransformers;

/// <summary>Which files of a hub repository loading needs: not the same weights in five other frameworks' formats.</summary>
internal static class ModelFiles
{
    private static readonly HashSet<string> Settings =
    [
        "config.json",
        "config_sentence_transformers.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
        "vocab.txt",
        "vocab.json",
        "merges.txt",
        "preprocessor_config.json",
    ];

    // In the order in which a module prefers them. An index names the shards beside it.
    private static readonly string[] Weights =
    [
        "model.safetensors",
        "model.safetensors.index.json",
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
        "onnx/model.onnx",
    ];

    /// <summary>Chooses from a repository's files.</summary>
    /// <param name="model">The repository, for messages.</param>
    /// <param name="files">All its files.</param>
    /// <param name="bring">Fetches one of them and returns where it is: modules.json and indices say what else is needed.</param>
    /// <exception cref="HubException">It holds no model that can be loaded.</exception>
    public static async Task<IReadOnlyList<string>> ChooseAsync(
        string model,
        HashSet<string> files,
        Func<string, Task<string>> bring
    )
    {
        List<string> folders = [""];
        if (files.Contains("modules.json"))
            folders =
            [
                .. ModuleFolders(await bring("modules.json").ConfigureAwait(false))
                    .Append("")
                    .Distinct(),
            ];
        var chosen = new List<string>();
        foreach (var folder in folders)
        {
            var prefix = folder.Length == 0 ? "" : $"{folder}/";
            chosen.AddRange(
                files.Where(file => IsSetting(file, prefix)).Order(StringComparer.Ordinal)
            );
            if (Weights.FirstOrDefault(name => files.Contains(prefix + name)) is not { } weights)
                continue;
            if (weights.EndsWith(".index.json", StringComparison.Ordinal))
                chosen.AddRange(
                    Shards(await bring(prefix + weights).ConfigureAwait(false))
                        .Select(shard => prefix + shard)
                );
            else
                chosen.Add(prefix + weights);
            chosen.AddRange(files.Where(file => file == $"{prefix}{weights}_data")); // an ONNX file's larger half
        }
        if (chosen.FirstOrDefault(file => !files.Contains(file)) is { } lost)
            throw new HubException(
                $"{model}: '{lost}' is asked for by the model, and the repository has none"
            );
        return chosen.Any(file => file.EndsWith("config.json", StringComparison.Ordinal))
            ? chosen
            : throw new HubException(
                $"{model}: no config.json, so this is no model that can be loaded"
            );
    }

    private static bool IsSetting(string file, string prefix)
    {
        if (!file.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        var name = file[prefix.Length..];
        return Settings.Contains(name)
            || (
                !name.Contains('/', StringComparison.Ordinal)
                && (
                    name.EndsWith(".model", StringComparison.Ordinal) // SentencePiece
                    || (
                        name.StartsWith("sentence_", StringComparison.Ordinal)
                        && name.EndsWith("_config.json", StringComparison.Ordinal)
                    )
                )
            );
    }

    private static IEnumerable<string> ModuleFolders(string path) =>
        JsonFile.ReadArray(path).Select(module => module.RequiredText("path"));

    private static IEnumerable<string> Shards(string path) =>
        JsonFile
            .ReadObject(path)
            .RequiredObject("weight_map")
            .TextMembers()
            .Select(member => member.Value)
            .Distinct();
}
