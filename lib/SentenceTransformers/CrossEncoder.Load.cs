namespace SentenceTransformers;

public sealed partial class CrossEncoder
{
    /// <summary>Loads a model by its name in models/models.json, or from a Hugging Face or sentence-transformers folder.</summary>
    /// <param name="nameOrFolder">"ko-mini-cross", or a folder's path.</param>
    /// <param name="options">In which precision; null for that of the weights.</param>
    /// <exception cref="DirectoryNotFoundException">There is neither such a model nor such a folder.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="ArgumentException">The folder holds a bi-encoder.</exception>
    /// <exception cref="ModelFormatException">A file of the model cannot be used.</exception>
    public static CrossEncoder Load(string nameOrFolder, LoadOptions? options = null)
    {
        var folder = ModelManifest.Locate(nameOrFolder);
        ModelKind.RequireCrossEncoder(nameOrFolder, folder);
        // As the reference: only a folder with modules.json has settings of sentence-transformers' own.
        var module = ModuleList.ReadCrossEncoder(folder);
        var configFolder = module?.Folder ?? folder;
        var config = JsonFile.ReadObject(Path.Combine(configFolder, "config.json"));
        var warnings = new List<string>();
        var activation = FindActivation(
            config,
            module is null ? null : SentenceTransformerConfig.PathOf(folder),
            warnings
        );
        var prompts = module is null
            ? SentenceTransformerConfig.Empty
            : SentenceTransformerConfig.Load(folder);
        var transformer = Transformer.LoadClassifier(
            configFolder,
            config,
            module is null
                ? TransformerSettings.Default
                : TransformerSettings.ReadClassifier(configFolder),
            options ?? new LoadOptions()
        );
        return new CrossEncoder(
            transformer,
            activation
                ?? (
                    transformer.Labels.Count == 1
                        ? ActivationFunction.Sigmoid
                        : ActivationFunction.Identity
                ),
            prompts,
            warnings
        );
    }

    /// <summary>The activation that the folder names: in sentence-transformers' own file since 6, in config.json since 4, and there under another key before.</summary>
    private static ActivationFunction? FindActivation(
        JsonFile config,
        string? settings,
        List<string> warnings
    )
    {
        const string key = "activation_fn";
        if (
            settings is not null
            && File.Exists(settings)
            && ReadActivation(JsonFile.ReadObject(settings), key, warnings) is { } own
        )
            return own;
        return config.Object("sentence_transformers") is { } section && section.Has(key)
            ? ReadActivation(section, key, warnings)
            : ReadActivation(config, "sbert_ce_default_activation_function", warnings);
    }

    /// <summary>As the reference, takes no class but torch's from a folder that it does not trust.</summary>
    private static ActivationFunction? ReadActivation(
        JsonFile file,
        string key,
        List<string> warnings
    )
    {
        if (file.Text(key) is { } path && !path.StartsWith("torch.", StringComparison.Ordinal))
        {
            warnings.Add(
                $"{file.Path}: {key}: '{path}' is code of the model's own and is not run: its scores have the default activation."
            );
            return null;
        }
        return ActivationFunctions.Read(file, key);
    }
}
