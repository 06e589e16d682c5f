namespace SentenceTransformers;

public sealed partial class SentenceTransformer
{
    /// <summary>Loads a model by its name in models/models.json, or from a sentence-transformers or Hugging Face folder.</summary>
    /// <param name="nameOrFolder">"ko-mini", or a folder's path.</param>
    /// <param name="options">In which precision; null for that of the weights.</param>
    /// <exception cref="DirectoryNotFoundException">There is neither such a model nor such a folder.</exception>
    /// <exception cref="FileNotFoundException">A file of the model is missing.</exception>
    /// <exception cref="ArgumentException">The folder holds a cross-encoder.</exception>
    /// <exception cref="ModelFormatException">A file of the model cannot be used.</exception>
    public static SentenceTransformer Load(string nameOrFolder, LoadOptions? options = null)
    {
        var folder = ModelManifest.Locate(nameOrFolder);
        ModelKind.RequireBiEncoder(nameOrFolder, folder);
        var list = ModuleList.Read(folder);
        var first = LoadFirst(folder, list, options);
        try
        {
            IModule[] modules =
                list is not null ? [.. list.Skip(1).Select(LoadModule)]
                : first is Transformer ? [new Pooling(first.EmbeddingDimension, PoolingMode.Mean)]
                : [];
            CheckDimensions(ModuleList.PathOf(folder), first.EmbeddingDimension, modules);
            string[] warnings =
                list is null && first is Transformer
                    ?
                    [
                        $"{folder} has no modules.json: its token embeddings are pooled by their mean, as sentence-transformers does.",
                    ]
                    : [];
            return new SentenceTransformer(
                [first, .. modules],
                SentenceTransformerConfig.Load(folder),
                warnings
            );
        }
        catch
        {
            (first as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>The module that reads text, from its own folder.</summary>
    private static ITextModule LoadFirst(
        string folder,
        IReadOnlyList<ModuleList.Entry>? list,
        LoadOptions? options
    )
    {
        var own = list?[0].Folder ?? folder;
        var config = Path.Combine(own, "config.json");
        var isClip = list is null
            ? File.Exists(config) && ClipConfig.IsClip(JsonFile.ReadObject(config))
            : list[0].Type == ModuleList.Clip;
        if (isClip && options?.Precision == Precision.Int8)
            throw new NotSupportedException($"{own}: a CLIP model runs in 32 bits only");
        return isClip ? ClipModel.Load(own) : Transformer.Load(own, options: options);
    }

    internal static IModule LoadModule(ModuleList.Entry entry) =>
        entry.Type switch
        {
            "Pooling" => Pooling.Load(entry.Folder),
            "Dense" => Dense.Load(entry.Folder),
            "LayerNorm" => LayerNorm.Load(entry.Folder),
            "Dropout" => Dropout.Load(entry.Folder),
            _ => Normalize.Load(entry.Folder),
        };

    /// <summary>Follows how many numbers flow from one module to the next.</summary>
    private static void CheckDimensions(string list, int dimension, IEnumerable<IModule> modules)
    {
        foreach (var module in modules)
        {
            var (takes, gives) = module switch
            {
                Pooling pooling => (pooling.EmbeddingDimension, pooling.OutputDimension),
                Dense dense => (dense.InFeatures, dense.OutputDimension),
                LayerNorm norm => (norm.Dimension, norm.Dimension),
                _ => (dimension, dimension),
            };
            if (takes != dimension)
                throw new ModelFormatException(
                    list,
                    $"the {module.GetType().Name} takes {takes} numbers, and the module before it gives {dimension}"
                );
            dimension = gives;
        }
    }
}
