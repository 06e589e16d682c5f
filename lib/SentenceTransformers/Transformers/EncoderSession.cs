namespace SentenceTransformers;

/// <summary>A transformer encoder on ONNX Runtime: token ids in, token embeddings out, or logits where it has a classification head.</summary>
internal sealed class EncoderSession : IDisposable
{
    private const string InputIds = "input_ids";
    private const string AttentionMask = "attention_mask";
    private const string TokenTypeIds = "token_type_ids";
    private const string LastHiddenState = "last_hidden_state";
    private const string Logits = "logits";

    private readonly OnnxSession session;
    private readonly string[] inputs;
    private readonly string output;

    private EncoderSession(OnnxSession session, string[] inputs, string output)
    {
        this.session = session;
        this.inputs = inputs;
        this.output = output;
    }

    /// <summary>Builds the graph of an architecture, and of the head if there is one, over a folder's weights.</summary>
    public static EncoderSession FromWeights(
        string folder,
        Architecture architecture,
        ClassificationHead? head = null,
        LoadOptions? options = null
    )
    {
        using var weights = new EncoderWeights(folder, architecture.AnchorWeight);
        var graph = Draw(weights, architecture, head, options?.Precision ?? Precision.Float32);
        weights.Dispose(); // ONNX Runtime maps the file itself: twice in memory is once too often
        var session = OnnxSession.Over(weights, graph, options);
        return new EncoderSession(
            session,
            [.. session.Inputs],
            head is null ? LastHiddenState : Logits
        );
    }

    /// <summary>The graph: token ids, mask and, where there are any, types in; token embeddings or logits out.</summary>
    internal static OnnxGraph Draw(
        EncoderWeights weights,
        Architecture architecture,
        ClassificationHead? head,
        Precision precision
    )
    {
        if (head is not null && !weights.Contains($"{head.Output}.weight"))
            throw new ModelFormatException(
                weights.Path,
                $"{head.Output}.weight: missing, and a cross-encoder needs a classification head"
            );
        var graph = new OnnxGraph(architecture.Name);
        var ids = graph.Input(InputIds, OnnxElement.Int64, "batch", "tokens");
        var mask = graph.Input(AttentionMask, OnnxElement.Int64, "batch", "tokens");
        var types =
            architecture.TokenTypes > 1
                ? graph.Input(TokenTypeIds, OnnxElement.Int64, "batch", "tokens")
                : null;
        var blocks = new EncoderBlocks(graph, weights, graph.Node("Shape", [ids]), precision);
        var hidden = architecture.Build(blocks, ids, mask, types);
        if (head is null)
            graph.Output(
                hidden,
                LastHiddenState,
                OnnxElement.Float,
                "batch",
                "tokens",
                $"{architecture.HiddenSize}"
            );
        else
            graph.Output(
                head.Build(blocks, hidden, architecture.HiddenSize),
                Logits,
                OnnxElement.Float,
                "batch",
                $"{head.Labels.Count}"
            );
        return graph;
    }

    /// <summary>Opens a graph that the folder already has, as optimum and transformers.js export it.</summary>
    public static EncoderSession FromOnnx(
        string path,
        ClassificationHead? head = null,
        LoadOptions? options = null
    )
    {
        var session = OnnxSession.Open(path, options);
        try
        {
            var inputs = session.Inputs.ToArray();
            if (
                inputs.FirstOrDefault(name =>
                    name is not (InputIds or AttentionMask or TokenTypeIds)
                ) is
                { } unknown
            )
                throw new ModelFormatException(
                    path,
                    $"input '{unknown}' is not known, expected {InputIds}, {AttentionMask}, {TokenTypeIds}"
                );
            // sentence-transformers calls token embeddings so.
            string[] names = head is null ? [LastHiddenState, "token_embeddings"] : [Logits];
            var output =
                names.FirstOrDefault(session.Outputs.ContainsKey)
                ?? throw new ModelFormatException(
                    path,
                    $"no output '{names[0]}', found {string.Join(", ", session.Outputs.Keys)}"
                );
            var shape = session.Outputs[output].Dimensions; // -1 for what a batch decides
            if (shape.Length != (head is null ? 3 : 2))
                throw new ModelFormatException(
                    path,
                    $"output '{output}' has {shape.Length} dimensions, expected {(head is null ? "[batch, tokens, hidden]" : "[batch, labels]")}"
                );
            if (head is not null && shape[1] >= 0 && shape[1] != head.Labels.Count)
                throw new ModelFormatException(
                    path,
                    $"output '{output}' has {shape[1]} labels, and config.json {head.Labels.Count}"
                );
            return new EncoderSession(session, inputs, output);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs one batch.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public TokenEmbeddings Run(Features features)
    {
        var (values, shape) = Run(features, typeof(SentenceTransformer), TokenEmbeddings.Rent);
        return new TokenEmbeddings(values, shape[0], shape[1], shape[2]);
    }

    /// <summary>Runs one batch through the encoder and its head; shape [batch][labels].</summary>
    /// <exception cref="ModelFormatException">The graph gives another number of logits.</exception>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public float[][] RunHead(Features features, int labels)
    {
        var (values, shape) = Run(features, typeof(CrossEncoder), values => values.ToArray());
        return shape.AsSpan().SequenceEqual([features.BatchSize, labels])
            ? [.. values.Chunk(labels)]
            : throw new ModelFormatException(
                session.File,
                $"it gives logits of shape [{string.Join(", ", shape)}], expected [{features.BatchSize}, {labels}]"
            );
    }

    private (float[] Values, int[] Shape) Run(
        Features features,
        Type owner,
        Func<ReadOnlySpan<float>, float[]> copy
    )
    {
        long[] shape = [features.BatchSize, features.TokenCount];
        return session.Run(
            owner,
            output,
            copy,
            Array.ConvertAll(
                inputs,
                name =>
                    (
                        name,
                        (Array)(
                            name switch
                            {
                                InputIds => features.InputIds,
                                AttentionMask => features.AttentionMask,
                                _ => features.TokenTypeIds,
                            }
                        ),
                        shape
                    )
            )
        );
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
