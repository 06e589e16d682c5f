using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using SentenceTransformers;

namespace EmbeddingServer.Tests;

/// <summary>The embedded model, served on a free port of this machine while a test runs.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningServer(WebApplication app, SentenceTransformer model, CrossEncoder? crossEncoder)
    {
        (this.app, Model, CrossEncoder) = (app, model, crossEncoder);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public SentenceTransformer Model { get; }

    /// <summary>What reranks, if anything but the model's cosine does.</summary>
    public CrossEncoder? CrossEncoder { get; }

    public HttpClient Client { get; }

    public static async Task<RunningServer> StartAsync(
        EmbeddingServerOptions? options = null,
        bool withReranker = false
    )
    {
        var model = SentenceTransformer.Load("ko-mini");
        var crossEncoder = withReranker
            ? SentenceTransformers.CrossEncoder.Load("ko-mini-cross")
            : null;
        var app = EmbeddingApi.Create(
            "ko-mini",
            model,
            (options ?? new()) with
            {
                Port = 0,
            },
            crossEncoder is null ? null : ("ko-mini-cross", crossEncoder)
        );
        await app.StartAsync();
        return new RunningServer(app, model, crossEncoder);
    }

    /// <summary>Posts JSON and returns the status and the JSON that came back.</summary>
    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        Model.Dispose();
        CrossEncoder?.Dispose();
    }
}
