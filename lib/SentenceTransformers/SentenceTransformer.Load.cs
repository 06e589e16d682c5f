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
        var transformer = Transformer.Load(list?[0].Folder ?? folder, options: options);
        try
        {
            IModule[] modules = list is null
                ? [new Pooling(transformer.EmbeddingDimension, PoolingMode.Mean)]
                : [.. list.Skip(1).Select(LoadModule)];
            CheckDimensions(ModuleList.PathOf(folder), transformer.EmbeddingDimension, modules);
            string[] warnings = list is null
                ?
                [
                    $"{folder} has no modules.json: its token embeddings are pooled by their mean, as sentence-transformers does.",
                ]
                : [];
            return new SentenceTransformer(
                [transformer, .. modules],
                SentenceTransformerConfig.Load(folder),
                warnings
            );
        }
        catch
        {
            transformer.Dispose();
            throw;
        }
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
