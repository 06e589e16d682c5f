namespace SentenceTransformers;

/// <summary>config.json of a CLIP model: the sizes of its two towers.</summary>
internal sealed record ClipConfig
{
    // Hugging Face's first conversions wrote 2 here, which is not the id of the end of a text.
    private const int LegacyEnd = 2;

    private static readonly EncoderConfig DefaultText = new()
    {
        VocabularySize = 49408,
        Width = 512,
        Layers = 12,
        Heads = 8,
        IntermediateSize = 2048,
        Activation = "quick_gelu",
        Positions = 77,
        Epsilon = 1e-5f,
    };

    private static readonly EncoderConfig DefaultVision = new()
    {
        Width = 768,
        Layers = 12,
        Heads = 12,
        IntermediateSize = 3072,
        Activation = "quick_gelu",
        Epsilon = 1e-5f,
    };

    private ClipConfig(JsonFile config)
    {
        // Older files have the second name; where there are both, the reference takes all from it.
        var text = config.Object("text_config_dict") ?? config.Object("text_config");
        var vision = config.Object("vision_config_dict") ?? config.Object("vision_config");
        Text = text is null ? DefaultText : DefaultText.Read(text);
        Vision = vision is null ? DefaultVision : DefaultVision.Read(vision);
        Dimension = EncoderConfig.Size(config, "projection_dim", 512);
        var end = text?.Integer("eos_token_id", 0, Text.VocabularySize - 1) ?? 49407;
        EndToken = end == LegacyEnd ? null : end;
        ImageSize = vision?.Integer("image_size", 1, 1 << 13) ?? 224;
        PatchSize = vision?.Integer("patch_size", 1, ImageSize) ?? 32;
        if (vision?.Integer("num_channels", 1, 1 << 10) is { } channels and not 3)
            throw vision.Invalid("num_channels", $"{channels} is not supported, expected 3");
    }

    /// <summary>The sizes of the text tower.</summary>
    public EncoderConfig Text { get; }

    /// <summary>The sizes of the vision tower.</summary>
    public EncoderConfig Vision { get; }

    /// <summary>How many numbers a vector has, of a text or of a picture.</summary>
    public int Dimension { get; }

    /// <summary>The token that ends a text; null where it is the one with the largest id.</summary>
    public int? EndToken { get; }

    /// <summary>How wide and high a picture is, in pixels.</summary>
    public int ImageSize { get; }

    /// <summary>How wide and high a patch is, in pixels: what a token is to a text.</summary>
    public int PatchSize { get; }

    /// <summary>How many patches a picture has.</summary>
    public int Patches => ImageSize / PatchSize * (ImageSize / PatchSize);

    /// <summary>Whether a config.json is that of a CLIP model.</summary>
    public static bool IsClip(JsonFile config) => config.Text("model_type") == "clip";

    /// <summary>Reads a model folder's config.json.</summary>
    /// <exception cref="ModelFormatException">It is not that of a CLIP model with both towers, or a key is wrong.</exception>
    public static ClipConfig Read(string folder)
    {
        var config = JsonFile.ReadObject(Path.Combine(folder, "config.json"));
        return IsClip(config)
            ? new ClipConfig(config)
            : throw config.Invalid(
                "model_type",
                $"'{config.Text("model_type")}' is not supported here, expected 'clip'"
            );
    }
}
