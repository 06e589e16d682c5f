using Pictures;

namespace SentenceTransformers;

/// <summary>CLIP (Radford et al. 2021): texts and pictures to vectors of one space, by two encoders.</summary>
/// <remarks>
/// The counterpart of sentence-transformers' <c>CLIPModel</c> module over Hugging Face's. As there, vectors are not scaled to
/// length 1; their cosine does not mind.
/// </remarks>
public sealed class ClipModel : ITextModule, IDisposable
{
    private readonly ClipConfig config;
    private readonly OnnxSession text;
    private readonly OnnxSession vision;

    private ClipModel(
        string folder,
        ClipConfig config,
        Tokenizer tokenizer,
        ImageProcessor imageProcessor,
        OnnxSession text,
        OnnxSession vision,
        float logitScale
    )
    {
        Folder = folder;
        this.config = config;
        this.text = text;
        this.vision = vision;
        Tokenizer = tokenizer;
        ImageProcessor = imageProcessor;
        LogitScale = logitScale;
        MaxSequenceLength = Math.Min(
            config.Text.Positions,
            tokenizer.ModelMaxLength ?? int.MaxValue
        );
    }

    /// <summary>The folder that it was loaded from.</summary>
    public string Folder { get; }

    /// <summary>Cuts texts into tokens.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Prepares pictures.</summary>
    public ImageProcessor ImageProcessor { get; }

    /// <summary>The most tokens of a text that are read, special tokens included.</summary>
    public int MaxSequenceLength { get; }

    /// <summary>How many numbers a vector has, of a text or of a picture.</summary>
    public int EmbeddingDimension => config.Dimension;

    /// <summary>What cosines are multiplied by before a softmax makes probabilities of them; CLIP learnt it, and stopped at 100.</summary>
    public float LogitScale { get; }

    /// <summary>Loads a folder in Hugging Face's layout: config.json, preprocessor_config.json, a tokenizer, and the weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="order">In which order pictures are prepared; see <see cref="ImageOrder"/>.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="ModelFormatException">A file cannot be used.</exception>
    public static ClipModel Load(string folder, ImageOrder order = ImageOrder.HuggingFace)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder");
        var config = ClipConfig.Read(folder);
        var processor = ImageProcessor.Load(folder, order);
        if (processor.Crop != (config.ImageSize, config.ImageSize))
            throw new ModelFormatException(
                folder,
                $"preprocessor_config.json gives pictures of {(processor.Crop is { } crop ? $"{crop.Width} x {crop.Height}" : "any size")}, and the model reads {config.ImageSize} x {config.ImageSize}; its positions are not interpolated"
            );
        var tokenizer = Tokenizer.Load(folder);
        using var weights = new EncoderWeights(folder, ClipTowers.AnchorWeight);
        var text = ClipTowers.Text(weights, config);
        try
        {
            return new ClipModel(
                folder,
                config,
                tokenizer,
                processor,
                text,
                ClipTowers.Vision(weights, config),
                MathF.Exp(weights.Number("logit_scale"))
            );
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>Tokenizes one text, cut to <see cref="MaxSequenceLength"/> or to a smaller limit; its last token stays.</summary>
    public TokenEncoding Tokenize(string text, int? maxLength = null, string? pair = null) =>
        Tokenizer.Encode(text, pair, Math.Min(maxLength ?? int.MaxValue, MaxSequenceLength));

    /// <summary>Puts token sequences into one batch, padded on the right to the longest; shape [batch, tokens].</summary>
    public Features Batch(IReadOnlyList<TokenEncoding> encodings, int promptLength = 0) =>
        Features.Of(
            encodings,
            Tokenizer.PadTokenId ?? config.EndToken ?? 0, // behind the end, so any id will do
            withTypes: false,
            promptLength
        );

    /// <summary>Sets the batch's sentence embeddings; shape [batch][dimension].</summary>
    /// <exception cref="ArgumentException">There are more tokens than positions, or an id is none of the model's.</exception>
    /// <exception cref="ModelFormatException">A text has no end: the tokenizer is not this model's.</exception>
    public void Forward(Features features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.TokenCount > config.Text.Positions)
            throw new ArgumentException(
                $"{Folder}: a text of {features.TokenCount} tokens, and the model has {config.Text.Positions} positions; lower the maximum length"
            );
        var wrong = features
            .InputIds.AsSpan()
            .IndexOfAnyExceptInRange(0, config.Text.VocabularySize - 1);
        if (wrong >= 0)
            throw new ArgumentException(
                $"token id {features.InputIds[wrong]} is not between 0 and {config.Text.VocabularySize - 1}"
            );
        var ends = new long[features.BatchSize];
        for (var row = 0; row < ends.Length; row++)
        {
            var first = row * features.TokenCount;
            ends[row] = first + End(features.InputIds.AsSpan(first, features.TokenCount));
        }
        var (values, _) = text.Run(
            typeof(ClipModel),
            ClipTowers.Embeddings,
            (ClipTowers.InputIds, features.InputIds, [features.BatchSize, features.TokenCount]),
            (ClipTowers.Ends, ends, [ends.Length])
        );
        features.SentenceEmbeddings = [.. values.Chunk(EmbeddingDimension)];
    }

    /// <summary>Pictures to vectors; shape [pictures][dimension].</summary>
    public float[][] EncodeImages(IReadOnlyList<Picture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return EncodePixels([.. pictures.Select(ImageProcessor.Process)]);
    }

    /// <summary>Pictures that were prepared already to vectors; shape [pictures][dimension].</summary>
    /// <param name="pictures">What <see cref="ImageProcessor.Process(Picture)"/> gives for each; shape [3, height, width].</param>
    /// <exception cref="ArgumentException">One has more or fewer numbers than the model reads.</exception>
    public float[][] EncodePixels(IReadOnlyList<float[]> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0)
            return [];
        var plane = 3 * config.ImageSize * config.ImageSize;
        var pixels = new float[pictures.Count * plane];
        for (var i = 0; i < pictures.Count; i++)
        {
            if (pictures[i].Length != plane)
                throw new ArgumentException(
                    $"picture {i} has {pictures[i].Length:N0} numbers, expected {plane:N0}: 3 x {config.ImageSize} x {config.ImageSize}",
                    nameof(pictures)
                );
            pictures[i].CopyTo(pixels, i * plane);
        }
        var (values, _) = vision.Run(
            typeof(ClipModel),
            ClipTowers.Embeddings,
            (
                ClipTowers.PixelValues,
                pixels,
                [pictures.Count, 3, config.ImageSize, config.ImageSize]
            )
        );
        return [.. values.Chunk(EmbeddingDimension)];
    }

    /// <summary>Where a text ends: at the first token of the largest id, or at the first end token.</summary>
    private int End(ReadOnlySpan<long> ids)
    {
        if (config.EndToken is { } end)
            return ids.IndexOf(end) is >= 0 and var place
                ? place
                : throw new ModelFormatException(
                    Folder,
                    $"a text without the end token {end}: the tokenizer is not this model's"
                );
        var largest = 0;
        for (var i = 1; i < ids.Length; i++)
            if (ids[i] > ids[largest])
                largest = i;
        return largest;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        text.Dispose();
        vision.Dispose();
    }

    /// <summary>The module as Python prints it.</summary>
    public override string ToString() => ToString(PrintStyle.Classic);

    /// <inheritdoc/>
    public string ToString(PrintStyle style) => "CLIPModel()";
}
