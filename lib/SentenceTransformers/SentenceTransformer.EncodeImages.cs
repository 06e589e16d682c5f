using Pictures;

namespace SentenceTransformers;

public sealed partial class SentenceTransformer
{
    // A picture of 224 x 224 is 50 patches and 600 KB; more at once is no faster.
    private const int ImagesAtOnce = 8;

    /// <summary>Encodes pictures from files, in their order, into the space of the model's texts; shape [pictures][dimension].</summary>
    /// <param name="paths">JPEG, PNG, GIF or WebP files.</param>
    /// <param name="options">Whether to normalise and truncate vectors; null for the model's own. What concerns texts is not read.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="NotSupportedException">The model does not read pictures.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="PictureException">A file is no such picture, is damaged, or is too large.</exception>
    public float[][] EncodeImages(
        IEnumerable<string> paths,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        return EncodeImages(
            paths.Select(path => (path, PictureReader.Read(path))),
            options,
            cancellation
        );
    }

    /// <summary>Encodes pictures from streams, each read to its end; shape [pictures][dimension].</summary>
    /// <inheritdoc cref="EncodeImages(IEnumerable{string}, EncodeOptions?, CancellationToken)"/>
    public float[][] EncodeImages(
        IEnumerable<Stream> streams,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(streams);
        return EncodeImages(
            streams.Select(
                (stream, i) => ($"picture {i}", PictureReader.Read(stream, $"picture {i}"))
            ),
            options,
            cancellation
        );
    }

    /// <summary>Encodes pictures in memory; shape [pictures][dimension].</summary>
    /// <inheritdoc cref="EncodeImages(IEnumerable{string}, EncodeOptions?, CancellationToken)"/>
    public float[][] EncodeImages(
        IEnumerable<Picture> pictures,
        EncodeOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return EncodeImages(
            pictures.Select((picture, i) => ($"picture {i}", picture)),
            options,
            cancellation
        );
    }

    // Read as they are needed, so that a folder of photos is never in memory whole.
    private float[][] EncodeImages(
        IEnumerable<(string Name, Picture Picture)> pictures,
        EncodeOptions? options,
        CancellationToken cancellation
    )
    {
        options ??= new EncodeOptions();
        var clip =
            Clip
            ?? throw new NotSupportedException(
                $"{Text.Folder} reads texts only; pictures take a CLIP model"
            );
        Batches.Check(options.BatchSize, options.TokenBudget, options.Threads);
        var cores = options.Threads ?? Environment.ProcessorCount;
        var size = Math.Min(options.BatchSize ?? ImagesAtOnce, ImagesAtOnce);
        var vectors = new List<float[]>();
        foreach (var window in pictures.Chunk(cores * size))
        {
            var found = new float[window.Length][];
            Batches.Run(
                [.. Enumerable.Range(0, window.Length).Chunk(size)],
                cores,
                batch => EncodeImages(clip, batch, window, found, options),
                progress: null,
                cancellation
            );
            vectors.AddRange(found);
        }
        return [.. vectors];
    }

    private void EncodeImages(
        ClipModel clip,
        int[] batch,
        (string Name, Picture Picture)[] pictures,
        float[][] vectors,
        EncodeOptions options
    )
    {
        var features = new Features
        {
            InputIds = [],
            AttentionMask = [],
            TokenTypeIds = [],
            BatchSize = batch.Length,
            TokenCount = 0,
            SentenceEmbeddings = clip.EncodePixels([
                .. batch.Select(i =>
                    clip.ImageProcessor.Process(pictures[i].Name, pictures[i].Picture)
                ),
            ]),
        };
        foreach (var module in Modules.Skip(1))
            module.Forward(features);
        for (var row = 0; row < batch.Length; row++)
            vectors[batch[row]] = Finish(
                features.SentenceEmbeddings[row],
                pictures[batch[row]].Name,
                options
            );
    }
}
