using System.CommandLine;
using System.Net;
using EmbeddingServer;
using Microsoft.Extensions.Hosting;

namespace Workbook.CommandLine;

/// <summary>A model for a whole class: one server that every OpenAI client can use.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var model = CommonOptions.Model();
        var reranker = new Option<string?>("--reranker")
        {
            Description =
                "A cross-encoder that /rerank scores with, such as ko-mini-cross; without, it ranks by cosine.",
            HelpName = "M",
        };
        var port = new Option<int>("--port")
        {
            Description = "The port (8080).",
            HelpName = "N",
            DefaultValueFactory = _ => new EmbeddingServerOptions().Port,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(ushort.TryParse(token.Value, out _)))
                result.AddError($"--port: '{token.Value}' is not a port, 0 to 65535");
        });
        var address = new Option<string>("--address")
        {
            Description =
                "The address to listen at: 127.0.0.1 for this machine only, 0.0.0.0 for whoever reaches it.",
            HelpName = "IP",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var command = new ShellCommand(
            "serve",
            "Serve a model over HTTP, as OpenAI's clients speak it: /v1/embeddings, /rerank, /health.",
            "dotnet workbook.cs serve --model ko-mini --reranker ko-mini-cross --port 8080"
        )
        {
            model,
            reranker,
            port,
            address,
        };
        command.EndsWithin = TimeSpan.FromSeconds(30); // what was begun is answered first
        command.Does(
            (call, cancellation) =>
            {
                if (!IPAddress.TryParse(call.GetValue(address), out var ip))
                    throw new UsageException(
                        $"--address: '{call.GetValue(address)}' is not an IP address"
                    );
                return ServeAsync(
                    call.GetValue(model)!,
                    call.GetValue(reranker),
                    new EmbeddingServerOptions { Address = ip, Port = call.GetValue(port) },
                    cancellation
                );
            }
        );
        return command;
    }

    private static async Task<int> ServeAsync(
        string name,
        string? rerankerName,
        EmbeddingServerOptions options,
        CancellationToken cancellation
    )
    {
        using var model = ModelLoading.Load(name);
        using var crossEncoder = rerankerName is null
            ? null
            : ModelLoading.LoadCrossEncoder(rerankerName);
        if (crossEncoder is { Labels.Count: not 1 })
            throw new UsageException(
                $"--reranker: {rerankerName} has {crossEncoder.Labels.Count} labels; a ranking needs a cross-encoder of one"
            );
        await using var server = EmbeddingApi.Create(
            name,
            model,
            options,
            crossEncoder is null ? null : (rerankerName!, crossEncoder)
        );
        await server.StartAsync(cancellation);
        Console.Error.WriteLine(
            $"serving {name} at {server.Urls.Single()}/v1/embeddings; Ctrl-C ends it"
        );
        await server.WaitForShutdownAsync(cancellation);
        Console.Error.WriteLine("ended");
        return 0;
    }
}
