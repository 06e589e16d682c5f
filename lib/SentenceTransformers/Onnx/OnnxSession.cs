using Microsoft.ML.OnnxRuntime;

namespace SentenceTransformers;

/// <summary>A graph that ONNX Runtime has loaded; many threads may run it at once, and nothing is disposed beneath them.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly ReaderWriterLockSlim gate = new();
    private bool disposed;

    private OnnxSession(InferenceSession session, string file) =>
        (this.session, File) = (session, file);

    /// <summary>The file of the graph, or of its weights, for messages.</summary>
    public string File { get; }

    /// <summary>The names of the inputs.</summary>
    public IEnumerable<string> Inputs => session.InputMetadata.Keys;

    /// <summary>The outputs by name; of their dimensions, -1 is what a batch decides.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Outputs => session.OutputMetadata;

    /// <summary>Loads a graph that was built over weights, which may be closed by then.</summary>
    /// <exception cref="ModelFormatException">ONNX Runtime refuses it.</exception>
    public static OnnxSession Over(
        EncoderWeights weights,
        OnnxGraph graph,
        LoadOptions? load = null
    )
    {
        using var options = Options(load);
        options.AddSessionConfigEntry(
            "session.model_external_initializers_file_folder_path",
            weights.Folder
        );
        var model = graph.ToModel();
        return Load(() => new InferenceSession(model, options), weights.Path);
    }

    /// <summary>Loads a .onnx file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="ModelFormatException">ONNX Runtime refuses it.</exception>
    public static OnnxSession Open(string path, LoadOptions? load = null)
    {
        if (BoundedFile.Length(path) == 0)
            throw new ModelFormatException(path, "0 bytes are no graph");
        using var options = Options(load);
        return Load(() => new InferenceSession(path, options), path);
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="owner">Whom to name where it has been disposed.</param>
    /// <param name="output">The output that is wanted.</param>
    /// <param name="inputs">The inputs; whole numbers or numbers, with their shape.</param>
    /// <exception cref="ModelFormatException">ONNX Runtime cannot run it.</exception>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public (float[] Values, int[] Shape) Run(
        Type owner,
        string output,
        params (string Name, Array Values, long[] Shape)[] inputs
    ) => Run(owner, output, values => values.ToArray(), inputs);

    /// <summary>Runs the graph; whoever calls says where to copy the values to.</summary>
    public (float[] Values, int[] Shape) Run(
        Type owner,
        string output,
        Func<ReadOnlySpan<float>, float[]> copy,
        params (string Name, Array Values, long[] Shape)[] inputs
    )
    {
        gate.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(disposed, owner);
            return Run(output, copy, inputs);
        }
        finally
        {
            gate.ExitReadLock();
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

    private (float[] Values, int[] Shape) Run(
        string output,
        Func<ReadOnlySpan<float>, float[]> copy,
        (string Name, Array Values, long[] Shape)[] inputs
    )
    {
        var values = new OrtValue[inputs.Length];
        try
        {
            for (var i = 0; i < inputs.Length; i++)
                values[i] = inputs[i].Values switch
                {
                    long[] numbers => OrtValue.CreateTensorValueFromMemory(
                        numbers,
                        inputs[i].Shape
                    ),
                    float[] numbers => OrtValue.CreateTensorValueFromMemory(
                        numbers,
                        inputs[i].Shape
                    ),
                    var other => throw new ArgumentException(
                        $"{inputs[i].Name}: no ONNX type for {other.GetType()}",
                        nameof(inputs)
                    ),
                };
            using var options = new RunOptions();
            using var results = session.Run(
                options,
                Array.ConvertAll(inputs, input => input.Name),
                values,
                [output]
            );
            return (
                copy(results[0].GetTensorDataAsSpan<float>()),
                [.. results[0].GetTensorTypeAndShape().Shape.Select(size => (int)size)]
            );
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFormatException(
                File,
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

    private static OnnxSession Load(Func<InferenceSession> load, string file)
    {
        try
        {
            return new OnnxSession(load(), file);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFormatException(
                file,
                $"ONNX Runtime cannot load it: {error.Message}",
                error
            );
        }
    }

    private static SessionOptions Options(LoadOptions? load)
    {
        var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            // A Run of one thread on each core beats one Run of all threads: no operator ends in a meeting (see Batches).
            IntraOpNumThreads = load?.ThreadsPerRun ?? 1,
        };
        // Threads that wait by spinning make a short sentence slower on a laptop that does anything else.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
