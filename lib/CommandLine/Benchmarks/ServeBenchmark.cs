using System.Diagnostics;
using System.Text;
using EmbeddingServer;
using SentenceTransformers;

namespace Workbook.CommandLine;

/// <summary>How many texts a second a served model gives to clients that ask for one text each, on loopback.</summary>
internal static class ServeBenchmark
{
    private const int Rounds = 5;
    private const int Requests = 400;
    private const int Clients = 16;

    public static Benchmark Create() =>
        new(
            "serve",
            $"ko-mini over HTTP: {Requests} requests of one text from 1 and from {Clients} clients, {Rounds} rounds, against encoding one by one",
            MeasureAsync
        );

    private static async Task<IReadOnlyList<BenchmarkRow>> MeasureAsync(
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        using var model = SentenceTransformer.Load("ko-mini");
        await using var server = EmbeddingApi.Create(
            "ko-mini",
            model,
            new EmbeddingServerOptions { Port = 0 }
        );
        await server.StartAsync(cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        string[] texts = [.. Enumerable.Range(0, Requests).Select(i => $"{i}번 버스가 곧 옵니다")];

        var (direct, one, many) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            tell(round == 0 ? "warming up" : $"round {round} of {Rounds}");
            // In turn, so that a busy machine is busy for all three.
            var rates = (
                Direct: EncodeOneByOne(model, texts),
                One: await AskAsync(client, texts, 1, cancellation),
                Many: await AskAsync(client, texts, Clients, cancellation)
            );
            if (round == 0)
                continue;
            direct.Add(rates.Direct);
            one.Add(rates.One);
            many.Add(rates.Many);
        }
        await server.StopAsync(cancellation);
        return
        [
            new("encoded one by one, no server", "/s", direct),
            new("1 client", "/s", one),
            new($"{Clients} clients", "/s", many),
            new("1 client : no server", "", [.. one.Zip(direct, (a, b) => a / b)]),
            new($"{Clients} clients : no server", "", [.. many.Zip(direct, (a, b) => a / b)]),
        ];
    }

    private static double EncodeOneByOne(SentenceTransformer model, string[] texts)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var text in texts)
            model.Encode(text);
        return texts.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> AskAsync(
        HttpClient client,
        string[] texts,
        int clients,
        CancellationToken cancellation
    )
    {
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            texts,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = clients,
                CancellationToken = cancellation,
            },
            async (text, stop) =>
            {
                using var body = new StringContent(
                    $$"""{"input":"{{text}}","encoding_format":"base64"}""",
                    Encoding.UTF8,
                    "application/json"
                );
                using var answer = await client.PostAsync("/v1/embeddings", body, stop);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(stop);
            }
        );
        return texts.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
