using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SentenceTransformers;

namespace EmbeddingServer;

/// <summary>A model behind the HTTP interface that OpenAI's clients speak.</summary>
/// <remarks>
/// <code>
/// POST /v1/embeddings   {"input": "text" or ["text", ...], "dimensions"?, "encoding_format"?: "float" or "base64"}
/// POST /rerank          {"query": "text", "documents": ["text", ...], "top_n"?, "return_documents"?}
/// GET  /v1/models       GET /health
/// </code>
/// It keeps nothing between requests, so several of them behind any load balancer serve as one.
/// </remarks>
public sealed class EmbeddingApi
{
    // Korean stays Korean: this is no HTML.
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string name;
    private readonly SentenceTransformer model;
    private readonly EncodingQueue queue;
    private readonly EmbeddingServerOptions options;

    private EmbeddingApi(
        string name,
        SentenceTransformer model,
        EncodingQueue queue,
        EmbeddingServerOptions options
    ) => (this.name, this.model, this.queue, this.options) = (name, model, queue, options);

    /// <summary>Builds the server; it listens once it is started, and ends what it has begun when it is stopped.</summary>
    /// <param name="name">What the model is called in answers.</param>
    /// <param name="model">The model; the caller disposes it, after the server.</param>
    /// <param name="options">Where to listen, and the limits.</param>
    public static WebApplication Create(
        string name,
        SentenceTransformer model,
        EmbeddingServerOptions options
    )
    {
        // Settings files and variables of whatever folder this is started in are none of ours.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaximumBodyBytes;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.AddSingleton(_ => new EncodingQueue(model, options)); // disposed, that is emptied, at the end
        var app = builder.Build();
        var api = new EmbeddingApi(
            name,
            model,
            app.Services.GetRequiredService<EncodingQueue>(),
            options
        );
        app.Use(api.TellErrorsAsync);
        app.MapGet("/health", context => context.Response.WriteAsync("ok"));
        app.MapGet("/v1/models", api.ModelsAsync);
        app.MapPost("/v1/embeddings", api.EmbeddingsAsync);
        app.MapPost("/embeddings", api.EmbeddingsAsync); // for a base address without /v1
        app.MapPost("/rerank", api.RerankAsync);
        app.MapPost("/v1/rerank", api.RerankAsync);
        app.MapFallback(context =>
            throw new ApiException(
                404,
                $"there is no {context.Request.Method} {context.Request.Path}"
            )
        );
        return app;
    }

    private Task ModelsAsync(HttpContext context) =>
        WriteAsync(
            context,
            200,
            json =>
            {
                json.WriteString("object", "list");
                json.WriteStartArray("data");
                json.WriteStartObject();
                json.WriteString("id", name);
                json.WriteString("object", "model");
                json.WriteString("owned_by", "workbook");
                json.WriteEndObject();
                json.WriteEndArray();
            }
        );

    private async Task EmbeddingsAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        CheckModel(body);
        var texts = body.RequiredTexts("input", options.MaximumTexts);
        var base64 = body.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            var other => throw new ApiException(
                400,
                $"encoding_format: '{other}' is not 'float' or 'base64'",
                "encoding_format"
            ),
        };
        var dimensions = body.Positive("dimensions");
        var vectors = await queue.EncodeAsync(texts, context.RequestAborted).ConfigureAwait(false);
        if (dimensions > vectors[0].Length)
            throw new ApiException(
                400,
                $"dimensions: {dimensions}, and the model has {vectors[0].Length}",
                "dimensions"
            );
        var tokens = texts.Sum(CountTokens);
        await WriteAsync(
                context,
                200,
                json =>
                {
                    json.WriteString("object", "list");
                    json.WriteStartArray("data");
                    for (var i = 0; i < vectors.Length; i++)
                    {
                        json.WriteStartObject();
                        json.WriteString("object", "embedding");
                        json.WriteNumber("index", i);
                        json.WritePropertyName("embedding");
                        WriteVector(
                            json,
                            vectors[i].AsSpan(0, dimensions ?? vectors[i].Length),
                            base64
                        );
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    json.WriteString("model", name);
                    json.WriteStartObject("usage");
                    json.WriteNumber("prompt_tokens", tokens);
                    json.WriteNumber("total_tokens", tokens);
                    json.WriteEndObject();
                }
            )
            .ConfigureAwait(false);
    }

    // By the cosine of query and document: the model's own ranking. Documents are encoded with the query, in one batch.
    private async Task RerankAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        CheckModel(body);
        var query = body.RequiredText("query");
        var documents = body.RequiredTexts("documents", options.MaximumTexts - 1);
        var count = Math.Min(body.Positive("top_n") ?? int.MaxValue, documents.Length);
        var withText = body.Flag("return_documents");
        var vectors = await queue
            .EncodeAsync([query, .. documents], context.RequestAborted)
            .ConfigureAwait(false);
        var ranked = vectors
            .Skip(1)
            .Select((vector, i) => (Index: i, Score: Similarity.Cosine(vectors[0], vector)))
            .OrderByDescending(document => document.Score)
            .Take(count);
        await WriteAsync(
                context,
                200,
                json =>
                {
                    json.WriteString("model", name);
                    json.WriteStartArray("results");
                    foreach (var (index, score) in ranked)
                    {
                        json.WriteStartObject();
                        json.WriteNumber("index", index);
                        json.WriteNumber("relevance_score", score);
                        if (withText)
                        {
                            json.WriteStartObject("document");
                            json.WriteString("text", documents[index]);
                            json.WriteEndObject();
                        }
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                }
            )
            .ConfigureAwait(false);
    }

    // A client that asks for another model must not be given this one's numbers in silence.
    private void CheckModel(RequestBody body)
    {
        if (body.Text("model") is { } asked && asked != name)
            throw new ApiException(
                404,
                $"model: '{asked}' is not served here, '{name}' is",
                "model"
            );
    }

    private int CountTokens(string text) =>
        Math.Min(model.CountTokens(text), model.MaxSequenceLength);

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector, bool base64)
    {
        if (base64)
        {
            json.WriteBase64StringValue(MemoryMarshal.AsBytes(vector)); // little-endian, as all that .NET 10 runs on
            return;
        }
        json.WriteStartArray();
        foreach (var number in vector)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private async Task TellErrorsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (ApiException error)
        {
            await WriteErrorAsync(context, error.Status, error.Message, error.Parameter)
                .ConfigureAwait(false);
        }
        catch (BadHttpRequestException error)
        {
            await WriteErrorAsync(
                    context,
                    error.StatusCode,
                    error.StatusCode == 413
                        ? $"the body is larger than {options.MaximumBodyBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes"
                        : error.Message,
                    null
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) { }
    }

    private static async Task WriteErrorAsync(
        HttpContext context,
        int status,
        string message,
        string? parameter
    )
    {
        if (status is 429 or 503)
            context.Response.Headers.RetryAfter = "1";
        await WriteAsync(
                context,
                status,
                json =>
                {
                    json.WriteStartObject("error");
                    json.WriteString("message", message);
                    json.WriteString(
                        "type",
                        status < 500 ? "invalid_request_error" : "server_error"
                    );
                    json.WriteString("param", parameter);
                    json.WriteNull("code");
                    json.WriteEndObject();
                }
            )
            .ConfigureAwait(false);
    }

    private static async Task WriteAsync(
        HttpContext context,
        int status,
        Action<Utf8JsonWriter> write
    )
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
