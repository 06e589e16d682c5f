namespace SentenceTransformers;

public sealed partial class Pooling
{
    private const int MaximumDimension = 1 << 20;

    // What configurations call the modes, in the order of the enumeration.
    private static readonly string[] Names =
    [
        "cls",
        "max",
        "mean",
        "mean_sqrt_len_tokens",
        "weightedmean",
        "lasttoken",
    ];

    // The flags of configurations before sentence-transformers 6, in the same order.
    private static readonly string[] Flags =
    [
        "pooling_mode_cls_token",
        "pooling_mode_max_tokens",
        "pooling_mode_mean_tokens",
        "pooling_mode_mean_sqrt_len_tokens",
        "pooling_mode_weightedmean_tokens",
        "pooling_mode_lasttoken",
    ];

    /// <summary>Reads config.json of a pooling folder (such as 1_Pooling), in the old spelling (flags) or the new (<c>pooling_mode</c>).</summary>
    /// <remarks>As the reference does: where both spellings are there, the new one counts; without any mode it is the mean.</remarks>
    /// <exception cref="FileNotFoundException">There is no config.json.</exception>
    /// <exception cref="ModelFormatException">The configuration names an unknown mode, or no dimension.</exception>
    public static Pooling Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var config = JsonFile.ReadObject(Path.Combine(folder, "config.json"));
        var dimension =
            config.Integer("embedding_dimension", 1, MaximumDimension)
            ?? config.RequiredInteger("word_embedding_dimension", 1, MaximumDimension);
        var modes = config.Has("pooling_mode") ? NamedModes(config) : FlaggedModes(config);
        return new Pooling(dimension, modes, config.Flag("include_prompt", otherwise: true));
    }

    /// <summary>The module as sentence-transformers 2 prints it.</summary>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <inheritdoc/>
    public string ToString(PrintStyle style) =>
        style == PrintStyle.Classic ? ClassicString() : CurrentString();

    private static PoolingMode[] NamedModes(JsonFile config)
    {
        const int MostModes = 64; // with the largest dimension still a number of 32 bits
        var names = config.Texts("pooling_mode");
        if (names.Length is 0 or > MostModes)
            throw config.Invalid(
                "pooling_mode",
                $"expected 1 to {MostModes} modes, found {names.Length}"
            );
        return
        [
            .. names.Select(name =>
                Array.IndexOf(Names, name) is >= 0 and var mode
                    ? (PoolingMode)mode
                    : throw config.Invalid(
                        "pooling_mode",
                        $"\"{name}\" is not supported; expected {string.Join(", ", Names)}"
                    )
            ),
        ];
    }

    private static PoolingMode[] FlaggedModes(JsonFile config)
    {
        var modes = Enum.GetValues<PoolingMode>()
            .Where(mode => config.Flag(Flags[(int)mode], otherwise: false))
            .ToArray();
        return modes.Length > 0 ? modes : [PoolingMode.Mean];
    }

    // sentence-transformers 2 prints mean before max, although it concatenates max before mean.
    private string ClassicString()
    {
        ReadOnlySpan<PoolingMode> order =
        [
            PoolingMode.Cls,
            PoolingMode.Mean,
            PoolingMode.Max,
            PoolingMode.MeanSqrtLenTokens,
            PoolingMode.WeightedMean,
            PoolingMode.LastToken,
        ];
        var flags = "";
        foreach (var mode in order)
            flags += $"'{Flags[(int)mode]}': {modes.Contains(mode)}, ";
        return $"Pooling({{'word_embedding_dimension': {EmbeddingDimension}, {flags}'include_prompt': {IncludePrompt}}})";
    }

    private string CurrentString()
    {
        var names = modes.Select(mode => $"'{Names[(int)mode]}'");
        var mode = modes.Length == 1 ? names.Single() : $"({string.Join(", ", names)})"; // a Python tuple
        return $"Pooling({{'embedding_dimension': {EmbeddingDimension}, 'pooling_mode': {mode}, 'include_prompt': {IncludePrompt}}})";
    }
}
