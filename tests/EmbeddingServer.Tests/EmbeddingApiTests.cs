using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SentenceTransformers;

namespace EmbeddingServer.Tests;

public sealed class EmbeddingApiTests
{
    private static float[] Vector(JsonElement item) =>
        [.. item.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle())];

    [Fact]
    public async Task Embeddings_are_the_models_own_in_the_order_of_the_texts()
    {
        await using var server = await RunningServer.StartAsync();

        var (status, body) = await server.PostAsync(
            "/v1/embeddings",
            """{"model":"ko-mini","input":["오늘 날씨가 좋아요","졸음이 옵니다"]}"""
        );

        Assert.Equal(200, status);
        var expected = server.Model.Encode(["오늘 날씨가 좋아요", "졸음이 옵니다"]);
        Assert.Equal(
            [0, 1],
            body.GetProperty("data")
                .EnumerateArray()
                .Select(item => item.GetProperty("index").GetInt32())
        );
        foreach (var (item, vector) in body.GetProperty("data").EnumerateArray().Zip(expected))
            Goldens.AssertClose(vector, Vector(item), 1e-6f, "embedding");
        Assert.Equal("ko-mini", body.GetProperty("model").GetString());
        Assert.Equal(
            server.Model.CountTokens("오늘 날씨가 좋아요")
                + server.Model.CountTokens("졸음이 옵니다"),
            body.GetProperty("usage").GetProperty("total_tokens").GetInt32()
        );
    }

    [Fact]
    public async Task Base64_and_dimensions_are_what_OpenAIs_clients_ask_for()
    {
        await using var server = await RunningServer.StartAsync();

        var (_, body) = await server.PostAsync(
            "/v1/embeddings",
            """{"input":"졸음이 옵니다","encoding_format":"base64","dimensions":5}"""
        );

        var bytes = body.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        var numbers = bytes.Chunk(4).Select(four => BitConverter.ToSingle(four)).ToArray();
        Goldens.AssertClose(
            server.Model.Encode("졸음이 옵니다").AsSpan(0, 5),
            numbers,
            1e-6f,
            "base64"
        );
    }

    [Fact]
    public async Task Rerank_orders_documents_by_their_cosine_with_the_query()
    {
        await using var server = await RunningServer.StartAsync();

        var (_, body) = await server.PostAsync(
            "/rerank",
            """{"query":"날씨가 좋아요","documents":["기차가 옵니다","오늘 하늘이 맑아요",{"text":"날씨가 좋네요"}],"top_n":2,"return_documents":true}"""
        );

        var results = body.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal([2, 1], results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.Equal(
            "날씨가 좋네요",
            results[0].GetProperty("document").GetProperty("text").GetString()
        );
        var vectors = server.Model.Encode(["날씨가 좋아요", "날씨가 좋네요"]);
        Assert.Equal(
            Similarity.Cosine(vectors[0], vectors[1]),
            results[0].GetProperty("relevance_score").GetSingle(),
            1e-5f
        );
    }

    [Fact]
    public async Task A_cross_encoder_reranks_where_one_is_served()
    {
        await using var server = await RunningServer.StartAsync(withReranker: true);
        string[] documents = ["기차가 옵니다", "오늘 하늘이 맑아요", "날씨가 좋네요"];

        var (status, body) = await server.PostAsync(
            "/v1/rerank",
            """{"model":"ko-mini-cross","query":"오늘 날씨가 좋아요","documents":["기차가 옵니다","오늘 하늘이 맑아요","날씨가 좋네요"]}"""
        );

        Assert.Equal(200, status);
        Assert.Equal("cross-encoder", body.GetProperty("scored_by").GetString());
        Assert.Equal("ko-mini-cross", body.GetProperty("model").GetString());
        var results = body.GetProperty("results").EnumerateArray().ToArray();
        var expected = server.CrossEncoder!.Rank("오늘 날씨가 좋아요", documents);
        Assert.Equal(
            expected.Select(document => document.Index),
            results.Select(result => result.GetProperty("index").GetInt32())
        );
        foreach (var (document, result) in expected.Zip(results))
            Assert.Equal(document.Score, result.GetProperty("relevance_score").GetSingle(), 1e-5f);
    }

    [Fact]
    public async Task A_cross_encoder_makes_no_embeddings()
    {
        await using var server = await RunningServer.StartAsync(withReranker: true);
        var (status, body) = await server.PostAsync(
            "/v1/embeddings",
            """{"model":"ko-mini-cross","input":"x"}"""
        );
        Assert.Equal(404, status);
        Assert.Contains(
            "'ko-mini' is",
            body.GetProperty("error").GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Health_and_models_answer()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("ok", await server.Client.GetStringAsync("/health"));
        Assert.Contains(
            "\"id\":\"ko-mini\"",
            await server.Client.GetStringAsync("/v1/models"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", 400, "the body is no JSON")]
    [InlineData("[]", 400, "the body is no JSON object")]
    [InlineData("{}", 400, "input: missing")]
    [InlineData("""{"input":[]}""", 400, "input: expected a string, or an array of at least one")]
    [InlineData("""{"input":[1,2,3]}""", 400, "input[0]: expected a string (token ids")]
    [InlineData("""{"input":"\ud800"}""", 400, "input: not valid Unicode")]
    [InlineData("""{"input":"x","encoding_format":"hex"}""", 400, "encoding_format: 'hex'")]
    [InlineData(
        """{"input":"x","dimensions":0}""",
        400,
        "dimensions: expected a whole number of at least 1"
    )]
    [InlineData(
        """{"input":"x","dimensions":100000}""",
        400,
        "dimensions: 100000, and the model has"
    )]
    [InlineData(
        """{"input":"x","model":"gpt"}""",
        404,
        "model: 'gpt' is not served here, 'ko-mini' is"
    )]
    [InlineData("""{"input":["a","b","c","d"]}""", 400, "input: 4 texts, expected at most 3")]
    public async Task A_request_that_cannot_be_answered_is_told_what_is_wrong(
        string json,
        int status,
        string message
    )
    {
        await using var server = await RunningServer.StartAsync(new() { MaximumTexts = 3 });

        var (found, body) = await server.PostAsync("/v1/embeddings", json);

        Assert.Equal(status, found);
        Assert.StartsWith(
            message,
            body.GetProperty("error").GetProperty("message").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Deep_nesting_and_a_body_too_large_are_refused()
    {
        await using var server = await RunningServer.StartAsync(
            new() { MaximumBodyBytes = 10_000 }
        );

        Assert.Equal(
            400,
            (await server.PostAsync("/v1/embeddings", new string('[', 5_000))).Status
        );
        Assert.Equal(
            413,
            (
                await server.PostAsync(
                    "/v1/embeddings",
                    $"{{\"input\":\"{new string('x', 20_000)}\"}}"
                )
            ).Status
        );
    }

    [Fact]
    public async Task Who_comes_when_too_many_wait_is_told_to_try_again()
    {
        await using var server = await RunningServer.StartAsync(new() { MaximumWaiting = 1 });

        using var content = new StringContent(
            """{"input":["a","b"]}""",
            Encoding.UTF8,
            "application/json"
        );
        using var response = await server.Client.PostAsync("/v1/embeddings", content);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Many_clients_at_once_each_get_their_own_vectors()
    {
        await using var server = await RunningServer.StartAsync(new() { MaximumBatch = 8 });
        var texts = Enumerable
            .Range(0, 60)
            .Select(i => string.Join(' ', Enumerable.Repeat("오늘 날씨가 좋아요", i % 7 + 1)) + i)
            .ToArray();
        var expected = server.Model.Encode(texts);

        var answers = await Task.WhenAll(
            texts.Select(text =>
                server.PostAsync("/v1/embeddings", JsonSerializer.Serialize(new { input = text }))
            )
        );

        foreach (var (vector, (status, body)) in expected.Zip(answers))
        {
            Assert.Equal(200, status);
            Goldens.AssertClose(vector, Vector(body.GetProperty("data")[0]), 1e-5f, "embedding");
        }
    }

    [Fact]
    public async Task What_was_begun_is_answered_before_the_server_ends()
    {
        await using var server = await RunningServer.StartAsync();
        var texts = Enumerable.Range(0, 300).Select(i => $"오늘 날씨가 좋아요 {i}");
        var asked = server.PostAsync(
            "/v1/embeddings",
            JsonSerializer.Serialize(new { input = texts })
        );
        await Task.Delay(50); // the request has arrived

        await server.StopAsync();

        Assert.Equal(200, (await asked).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_harms_nobody()
    {
        await using var server = await RunningServer.StartAsync();
        using (
            var socket = new TcpClient(
                server.Client.BaseAddress!.Host,
                server.Client.BaseAddress.Port
            )
        )
            await socket
                .GetStream()
                .WriteAsync(
                    "POST /v1/embeddings HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"inp"u8.ToArray()
                );

        Assert.Equal(200, (await server.PostAsync("/v1/embeddings", """{"input":"x"}""")).Status);
    }
}
