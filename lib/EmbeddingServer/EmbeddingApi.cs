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
/// POST /rerank          {"query": "text", "documents": ["text", ...], "top_n"?, "return_documents"?}; by a cross-encoder
///                       if one is served, else by the cosine of query and document; "scored_by" says which
/// GET  /v1/models       GET /health
/// </code>
/// It keeps nothing between requests, so several of them behind any load balancer serve as one.
/// </remarks>
public sealed class EmbeddingApi : IAsyncDisposable
{
    // Korean stays Korean: this is no HTML.
    private static readonly JsonWriterOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string name;
    private readonly SentenceTransformer model;
    private readonly BatchingQueue<string, float[]> encoding;
    private readonly string? rerankerName;
    private readonly BatchingQueue<(string, string), float>? scoring;
    private readonly EmbeddingServerOptions options;

    private EmbeddingApi(
        string name,
        SentenceTransformer model,
        (string Name, CrossEncoder Model)? reranker,
        EmbeddingServerOptions options
    )
    {
        (this.name, this.model, this.options) = (name, model, options);
        encoding = new(texts => model.Encode(texts), options);
        if (reranker is var (rerankerName, crossEncoder))
        {
            this.rerankerName = rerankerName;
            scoring = new(pairs => crossEncoder.Predict(pairs), options);
        }
    }

    /// <summary>Builds the server; it listens once it is started, and ends what it has begun when it is stopped.</summary>
    /// <param name="name">What the model is called in answers.</param>
    /// <param name="model">The model; the caller disposes it, after the server.</param>
    /// <param name="options">Where to listen, and the limits.</param>
    /// <param name="reranker">A cross-encoder of one label that /rerank uses, and its name; null to rank by cosine.</param>
    public static WebApplication Create(
        string name,
        SentenceTransformer model,
        EmbeddingServerOptions options,
        (string Name, CrossEncoder Model)? reranker = null
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
        builder.Services.AddSingleton(_ => new EmbeddingApi(name, model, reranker, options));
        var app = builder.Build();
        var api = app.Services.GetRequiredService<EmbeddingApi>(); // which makes the app dispose it at the end
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

    /// <summary>Takes nothing more, and answers what it has taken.</summary>
    public async ValueTask DisposeAsync()
    {
        await encoding.DisposeAsync().ConfigureAwait(false);
        if (scoring is not null)
            await scoring.DisposeAsync().ConfigureAwait(false);
    }

    private Task ModelsAsync(HttpContext context) =>
        WriteAsync(
            context,
            200,
            json =>
            {
                json.WriteString("object", "list");
                json.WriteStartArray("data");
                foreach (var served in new[] { name, rerankerName }.OfType<string>())
                {
                    json.WriteStartObject();
                    json.WriteString("id", served);
                    json.WriteString("object", "model");
                    json.WriteString("owned_by", "workbook");
                    json.WriteEndObject();
                }
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
        var vectors = await encoding.RunAsync(texts, context.RequestAborted).ConfigureAwait(false);
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

    private async Task RerankAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request).ConfigureAwait(false);
        CheckModel(body, rerankerName);
        var query = body.RequiredText("query");
        var documents = body.RequiredTexts("documents", options.MaximumTexts - 1);
        var count = Math.Min(body.Positive("top_n") ?? int.MaxValue, documents.Length);
        var withText = body.Flag("return_documents");
        var scores = await ScoreAsync(query, documents, context.RequestAborted)
            .ConfigureAwait(false);
        var ranked = scores
            .Select((score, i) => (Index: i, Score: score))
            .OrderByDescending(document => document.Score)
            .Take(count);
        await WriteAsync(
                context,
                200,
                json =>
                {
                    json.WriteString("model", rerankerName ?? name);
                    json.WriteString("scored_by", scoring is null ? "cosine" : "cross-encoder");
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

    /// <summary>How well each document answers the query; shape [documents].</summary>
    private async Task<float[]> ScoreAsync(
        string query,
        string[] documents,
        CancellationToken cancellation
    )
    {
        if (scoring is not null)
            return await scoring
                .RunAsync([.. documents.Select(document => (query, document))], cancellation)
                .ConfigureAwait(false);
        // The documents are encoded with the query, in one batch.
        var vectors = await encoding
            .RunAsync([query, .. documents], cancellation)
            .ConfigureAwait(false);
        return [.. vectors.Skip(1).Select(vector => Similarity.Cosine(vectors[0], vector))];
    }

    // A client that asks for another model must not be given this one's numbers in silence.
    private void CheckModel(RequestBody body, string? other = null)
    {
        if (body.Text("model") is { } asked && asked != name && asked != other)
            throw new ApiException(
                404,
                $"model: '{asked}' is not served here, '{other ?? name}' is",
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
