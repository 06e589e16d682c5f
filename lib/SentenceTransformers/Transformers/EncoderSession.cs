using Microsoft.ML.OnnxRuntime;

namespace SentenceTransformers;

/// <summary>A transformer encoder on ONNX Runtime: token ids in, token embeddings out.</summary>
internal sealed class EncoderSession : IDisposable
{
    private const string InputIds = "input_ids";
    private const string AttentionMask = "attention_mask";
    private const string TokenTypeIds = "token_type_ids";
    private const string LastHiddenState = "last_hidden_state";

    private readonly InferenceSession session;
    private readonly ReaderWriterLockSlim gate = new(); // many run at once; nothing is disposed beneath them
    private bool disposed;
    private readonly string[] inputs;
    private readonly string output;
    private readonly string file;

    private EncoderSession(InferenceSession session, string[] inputs, string output, string file)
    {
        this.session = session;
        this.inputs = inputs;
        this.output = output;
        this.file = file;
    }

    /// <summary>Builds the graph of an architecture over a folder's safetensors weights.</summary>
    public static EncoderSession FromSafetensors(string folder, Architecture architecture)
    {
        using var weights = new EncoderWeights(folder, architecture.AnchorWeight);
        var graph = new OnnxGraph(architecture.Name);
        var ids = graph.Input(InputIds, OnnxElement.Int64, "batch", "tokens");
        var mask = graph.Input(AttentionMask, OnnxElement.Int64, "batch", "tokens");
        var types =
            architecture.TokenTypes > 1
                ? graph.Input(TokenTypeIds, OnnxElement.Int64, "batch", "tokens")
                : null;
        var blocks = new EncoderBlocks(graph, weights, graph.Node("Shape", [ids]));
        var hidden = architecture.Build(blocks, ids, mask, types);
        graph.Output(
            hidden,
            LastHiddenState,
            OnnxElement.Float,
            "batch",
            "tokens",
            $"{architecture.HiddenSize}"
        );

        using var options = Options();
        options.AddSessionConfigEntry(
            "session.model_external_initializers_file_folder_path",
            weights.Folder
        );
        try
        {
            var session = new InferenceSession(graph.ToModel(), options);
            return new EncoderSession(
                session,
                types is null ? [InputIds, AttentionMask] : [InputIds, AttentionMask, TokenTypeIds],
                LastHiddenState,
                weights.Path
            );
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFormatException(
                weights.Path,
                $"ONNX Runtime cannot load it: {error.Message}",
                error
            );
        }
    }

    /// <summary>Opens a graph that the folder already has, as optimum and transformers.js export it.</summary>
    public static EncoderSession FromOnnx(string path)
    {
        InferenceSession session;
        try
        {
            using var options = Options();
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFormatException(
                path,
                $"ONNX Runtime cannot load it: {error.Message}",
                error
            );
        }
        try
        {
            var inputs = session.InputMetadata.Keys.ToArray();
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
            // sentence-transformers calls it token_embeddings.
            var output =
                new[] { LastHiddenState, "token_embeddings" }.FirstOrDefault(
                    session.OutputMetadata.ContainsKey
                )
                ?? throw new ModelFormatException(
                    path,
                    $"no output '{LastHiddenState}', found {string.Join(", ", session.OutputMetadata.Keys)}"
                );
            var shape = session.OutputMetadata[output].Dimensions;
            if (shape.Length != 3)
                throw new ModelFormatException(
                    path,
                    $"output '{output}' has {shape.Length} dimensions, expected [batch, tokens, hidden]"
                );
            return new EncoderSession(session, inputs, output, path);
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
        gate.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(SentenceTransformer));
            return RunSession(features);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    private TokenEmbeddings RunSession(Features features)
    {
        long[] shape = [features.BatchSize, features.TokenCount];
        var values = new OrtValue[inputs.Length];
        try
        {
            for (var i = 0; i < inputs.Length; i++)
                values[i] = OrtValue.CreateTensorValueFromMemory(
                    inputs[i] switch
                    {
                        InputIds => features.InputIds,
                        AttentionMask => features.AttentionMask,
                        _ => features.TokenTypeIds,
                    },
                    shape
                );
            using var options = new RunOptions();
            using var results = session.Run(options, inputs, values, [output]);
            var found = results[0].GetTensorTypeAndShape().Shape;
            return new TokenEmbeddings(
                results[0].GetTensorDataAsSpan<float>().ToArray(),
                (int)found[0],
                (int)found[1],
                (int)found[2]
            );
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFormatException(
                file,
                $"ONNX Runtime cannot run it: {error.Message}",
                error
            );
        }
        finally
        {
            foreach (var value in values)
                value?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        gate.EnterWriteLock();
        try
        {
            if (!disposed)
                session.Dispose();
            disposed = true;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private static SessionOptions Options()
    {
        var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Threads that wait by spinning make a short sentence slower on a laptop that does anything else.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
