using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace ServedModels;

/// <summary>An embedding model that somebody serves over OpenAI's interface: OpenAI itself, Azure, Upstage, text-embeddings-inference, Ollama, or `dotnet workbook.cs serve`.</summary>
/// <remarks>
/// It is the same <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> that a model on this machine is, so that both go
/// through the same evaluation. The key is taken from the environment (OPENAI_API_KEY) only: what stands in a notebook is
/// soon on somebody's screen.
/// </remarks>
public sealed class ServedModel : IEmbeddingGenerator<string, Embedding<float>>
{
    private const string KeyVariable = "OPENAI_API_KEY";
    private const string AddressVariable = "OPENAI_BASE_URL";

    private readonly string model;
    private readonly string key;
    private readonly Uri? address;
    private readonly ServedModelOptions options;
    private readonly EmbeddingClient client;

    /// <summary>Creates a client; nothing is sent yet.</summary>
    /// <param name="model">The model as its server calls it, such as "text-embedding-3-small".</param>
    /// <param name="options">Null for the environment's address and the usual limits.</param>
    /// <exception cref="InvalidOperationException">OPENAI_API_KEY is not set, and the address is not this machine's.</exception>
    public ServedModel(string model, ServedModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        this.model = model;
        this.options = options ?? new ServedModelOptions();
        address = this.options.BaseAddress ?? AddressFromEnvironment();
        key =
            Environment.GetEnvironmentVariable(KeyVariable)?.Trim() is { Length: > 0 } set ? set
            : address?.IsLoopback == true ? "none" // a server on this machine asks for none
            : throw new InvalidOperationException(
                $"{KeyVariable} is not set: {model} is served to whoever has a key"
            );
        client = new EmbeddingClient(
            model,
            new ApiKeyCredential(key),
            new OpenAIClientOptions
            {
                Endpoint = address,
                NetworkTimeout = this.options.Timeout,
                RetryPolicy = new ClientRetryPolicy(this.options.Retries),
            }
        );
    }

    /// <summary>Whether a key is set, so that a lesson can say what it leaves out.</summary>
    public static bool HasKey =>
        !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(KeyVariable));

    /// <summary>Asks for the vectors of texts, in their order, in as few requests as the limits allow.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options"><see cref="EmbeddingGenerationOptions.Dimensions"/> asks for shorter vectors.</param>
    /// <param name="cancellationToken">Stops between and within requests.</param>
    /// <exception cref="ServedModelException">The server refused, or answered something else than was asked.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(values);
        var embeddings = new GeneratedEmbeddings<Embedding<float>> { Usage = new UsageDetails() };
        foreach (var batch in Batches(values))
        {
            var answer = await AskAsync(batch, options?.Dimensions, cancellationToken)
                .ConfigureAwait(false);
            embeddings.AddRange(Check(batch, answer, embeddings.FirstOrDefault()?.Vector.Length));
            if (answer.Usage is { } usage)
                embeddings.Usage.Add(
                    new UsageDetails
                    {
                        InputTokenCount = usage.InputTokenCount,
                        TotalTokenCount = usage.TotalTokenCount,
                    }
                );
        }
        return embeddings;
    }

    object? IEmbeddingGenerator.GetService(Type serviceType, object? serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose() { }

    private static Uri? AddressFromEnvironment()
    {
        var text = Environment.GetEnvironmentVariable(AddressVariable)?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        return
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidOperationException(
                $"{AddressVariable}: '{text}' is not an http address"
            );
    }

    private IEnumerable<List<string>> Batches(IEnumerable<string> texts)
    {
        var batch = new List<string>();
        var tokens = 0;
        foreach (var text in texts)
        {
            ArgumentNullException.ThrowIfNull(text);
            var count = options.CountTokens(text);
            if (
                batch.Count > 0
                && (batch.Count == options.MaximumTexts || tokens + count > options.MaximumTokens)
            )
            {
                yield return batch;
                (batch, tokens) = ([], 0);
            }
            batch.Add(text);
            tokens += count;
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private async Task<OpenAIEmbeddingCollection> AskAsync(
        List<string> texts,
        int? dimensions,
        CancellationToken cancellation
    )
    {
        try
        {
            return await client
                .GenerateEmbeddingsAsync(
                    texts,
                    new OpenAI.Embeddings.EmbeddingGenerationOptions { Dimensions = dimensions },
                    cancellation
                )
                .ConfigureAwait(false);
        }
        catch (ClientResultException error)
        {
            throw Failure($"answers {error.Status}: {error.Message}", error);
        }
        catch (Exception error)
            when (error
                    is HttpRequestException
                        or AggregateException
                        or System.Text.Json.JsonException
                        or FormatException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            throw Failure(
                (error as AggregateException)?.InnerExceptions[^1].Message ?? error.Message,
                error
            );
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw Failure($"no answer within {options.Timeout.TotalSeconds:0.#} s", error);
        }
    }

    // A vector for each text, all of one length, all finite: what goes into a matrix must not be wrong in silence.
    private Embedding<float>[] Check(
        List<string> texts,
        OpenAIEmbeddingCollection answer,
        int? dimension
    )
    {
        if (answer.Count != texts.Count)
            throw Failure($"gives {answer.Count} vectors for {texts.Count} texts");
        var vectors = new Embedding<float>[texts.Count];
        foreach (var embedding in answer)
        {
            if (
                embedding.Index < 0
                || embedding.Index >= vectors.Length
                || vectors[embedding.Index] is not null
            )
                throw Failure(
                    $"gives a vector for text {embedding.Index} of {texts.Count} twice, or for one that was not asked"
                );
            var vector = embedding.ToFloats();
            dimension ??= vector.Length;
            if (vector.Length != dimension || vector.Length == 0)
                throw Failure($"gives vectors of {dimension} and of {vector.Length} numbers");
            foreach (var number in vector.Span)
                if (!float.IsFinite(number))
                    throw Failure($"gives {number} in the vector of text {embedding.Index}");
            vectors[embedding.Index] = new Embedding<float>(vector) { ModelId = model };
        }
        return vectors;
    }

    // Servers repeat the key that they refuse.
    private ServedModelException Failure(string problem, Exception? error = null) =>
        new(
            $"{model} at {address?.Host ?? "OpenAI"}: {problem.Replace(key, "***", StringComparison.Ordinal).ReplaceLineEndings(" ")}",
            error
        );
}
