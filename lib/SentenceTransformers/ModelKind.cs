namespace SentenceTransformers;

/// <summary>Whether a folder holds a bi-encoder or a cross-encoder, so that one is never computed as the other.</summary>
internal static class ModelKind
{
    private const string BiEncoder = "bi-encoder";
    private const string CrossEncoder = "cross-encoder";

    /// <summary>Refuses a folder that holds a cross-encoder.</summary>
    /// <exception cref="ArgumentException">It holds one.</exception>
    public static void RequireBiEncoder(string nameOrFolder, string folder) =>
        Require(
            nameOrFolder,
            folder,
            BiEncoder,
            "it scores pairs of texts: see CrossEncoder, or `score`"
        );

    /// <summary>Refuses a folder that holds a bi-encoder.</summary>
    /// <exception cref="ArgumentException">It holds one.</exception>
    public static void RequireCrossEncoder(string nameOrFolder, string folder) =>
        Require(
            nameOrFolder,
            folder,
            CrossEncoder,
            "it gives a vector of each text: see SentenceTransformer, or `encode`"
        );

    private static void Require(string nameOrFolder, string folder, string kind, string advice)
    {
        if (Of(folder) is { Kind: var found, Reason: var reason } && found != kind)
            throw new ArgumentException(
                $"{nameOrFolder} is a {found} ({reason}), and a {kind} is asked for; {advice}"
            );
    }

    /// <summary>What the folder says that it is, and where; null where it does not say.</summary>
    private static (string Kind, string Reason)? Of(string folder)
    {
        if (File.Exists(ModuleList.PathOf(folder)))
        {
            const string key = "model_type";
            var settings = SentenceTransformerConfig.PathOf(folder);
            var type = File.Exists(settings) ? JsonFile.ReadObject(settings).Text(key) : null;
            return type is null or "SentenceTransformer"
                    ? (
                        BiEncoder,
                        $"{Path.GetFileName(ModuleList.PathOf(folder))} lists its modules"
                    )
                : type == "CrossEncoder" ? (CrossEncoder, $"{Path.GetFileName(settings)} says so")
                : throw new ModelFormatException(
                    settings,
                    $"{key}: '{type}' is not supported, expected SentenceTransformer or CrossEncoder"
                );
        }
        var config = Path.Combine(folder, "config.json");
        if (!File.Exists(config))
            return null; // whoever reads it says so
        var architectures = JsonFile.ReadObject(config).Texts("architectures");
        return architectures.Length == 0
            ? null
            : (
                architectures.Any(name =>
                    name.EndsWith(ClassificationHead.ClassSuffix, StringComparison.Ordinal)
                )
                    ? CrossEncoder
                    : BiEncoder,
                $"config.json names {architectures[0]}"
            );
    }
}
