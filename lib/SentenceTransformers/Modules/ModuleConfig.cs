namespace SentenceTransformers;

/// <summary>What the modules that read and write sentence embeddings have in common.</summary>
internal static class ModuleConfig
{
    /// <summary>The two keys as sentence-transformers 6 prints them.</summary>
    public const string SentenceEmbeddingNames =
        "'module_input_name': 'sentence_embedding', 'module_output_name': 'sentence_embedding'";

    /// <summary>Refuses a module that reads or writes another feature (such as token_embeddings), rather than doing something else.</summary>
    public static void RequireSentenceEmbedding(JsonFile config)
    {
        foreach (var key in (ReadOnlySpan<string>)["module_input_name", "module_output_name"])
            if (config.Text(key) is { } name and not "sentence_embedding")
                throw config.Invalid(
                    key,
                    $"\"{name}\" is not supported; expected \"sentence_embedding\""
                );
    }

    /// <summary>Refuses weights that the module has no use for, as the reference does: they would change its result.</summary>
    public static void RequireOnly(this WeightFile weights, params string[] names)
    {
        foreach (var tensor in weights.Tensors.Values)
            if (!names.Contains(tensor.Name))
                throw tensor.Invalid(
                    $"unexpected; config.json asks for {string.Join(", ", names)}"
                );
    }
}
