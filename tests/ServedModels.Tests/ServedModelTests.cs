using System.Text;
using System.Text.Json;
using EmbeddingServer;
using SentenceTransformers;

namespace ServedModels.Tests;

public sealed class ServedModelTests : IDisposable
{
    private const string Key = "sk-a-secret-key";

    public ServedModelTests() => Environment.SetEnvironmentVariable("OPENAI_API_KEY", Key);

    public void Dispose() => Environment.SetEnvironmentVariable("OPENAI_API_KEY", null);

    private static ServedModelOptions At(FakeServer server) =>
        new() { BaseAddress = new Uri(server.Endpoint, "v1"), Retries = 2 };

    /// <summary>An honest answer: the vector of a text is its length and a one.</summary>
    private static FakeAnswer Honest(FakeRequest request, Func<int, int>? index = null)
    {
        var texts = JsonDocument
            .Parse(request.Body)
            .RootElement.GetProperty("input")
            .EnumerateArray()
            .ToArray();
        return Answer(
            texts.Select(
                (text, i) => (index?.Invoke(i) ?? i, new float[] { text.GetString()!.Length, 1 })
            )
        );
    }

    private static FakeAnswer Answer(IEnumerable<(int Index, float[] Vector)> vectors) =>
        new(
            200,
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    @object = "list",
                    model = "m",
                    data = vectors.Select(item => new
                    {
                        @object = "embedding",
                        index = item.Index,
                        embedding = Convert.ToBase64String(
                            item.Vector.SelectMany(BitConverter.GetBytes).ToArray()
                        ),
                    }),
                    usage = new { prompt_tokens = 3, total_tokens = 3 },
                }
            ),
            ("Content-Type", "application/json")
        );

    private static async Task<ServedModelException> Refused(
        FakeServer server,
        params string[] texts
    )
    {
        using var model = new ServedModel("m", At(server));
        return await Assert.ThrowsAsync<ServedModelException>(() =>
            model.GenerateAsync(texts.Length == 0 ? ["a", "bb"] : texts)
        );
    }

    [Fact]
    public async Task Our_own_server_gives_the_models_vectors_through_OpenAIs_client()
    {
        using var local = SentenceTransformer.Load("ko-mini");
        await using var server = EmbeddingApi.Create("ko-mini", local, new() { Port = 0 });
        await server.StartAsync();
        using var served = new ServedModel(
            "ko-mini",
            new() { BaseAddress = new Uri($"{server.Urls.Single()}/v1"), MaximumTexts = 2 }
        );
        string[] texts =
        [
            "오늘 날씨가 좋아요",
            "졸음이 옵니다",
            "기차가 옵니다",
            "\t\"tab\"",
            "😀",
        ];

        var embeddings = await served.GenerateAsync(texts);

        foreach (var (expected, embedding) in local.Encode(texts).Zip(embeddings))
            Goldens.AssertClose(expected, embedding.Vector.Span, 1e-6f, "embedding");
        Assert.Equal(texts.Sum(text => local.CountTokens(text)), embeddings.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Texts_are_sent_in_as_few_requests_as_the_limits_allow()
    {
        using var server = new FakeServer(request => Honest(request));
        using var model = new ServedModel(
            "m",
            At(server) with
            {
                MaximumTokens = 10,
                MaximumTexts = 3,
            }
        );
        string[] texts =
        [
            "1234",
            "1234",
            "1234",
            "1",
            "1",
            "1",
            "1",
            "a text that is longer than the limit by itself",
            "1",
        ];

        var embeddings = await model.GenerateAsync(texts);

        Assert.Equal(
            texts.Select(text => (float)text.Length),
            embeddings.Select(embedding => embedding.Vector.Span[0])
        );
        Assert.Equal(
            [2, 3, 2, 1, 1],
            server.Requests.Select(request =>
                JsonDocument.Parse(request.Body).RootElement.GetProperty("input").GetArrayLength()
            )
        );
    }

    [Fact]
    public async Task Vectors_that_come_in_another_order_are_put_in_theirs()
    {
        using var server = new FakeServer(request => Answer([(1, [2, 1]), (0, [1, 1])]));
        using var model = new ServedModel("m", At(server));

        var embeddings = await model.GenerateAsync(["a", "bb"]);

        Assert.Equal([1f, 2f], embeddings.Select(embedding => embedding.Vector.Span[0]));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_when_it_says()
    {
        var answers = 0;
        using var server = new FakeServer(request =>
            answers++ < 2 ? new FakeAnswer(429, [], ("Retry-After", "0")) : Honest(request)
        );
        using var model = new ServedModel("m", At(server));

        await model.GenerateAsync(["a"]);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_stays_broken_is_given_up_with_its_status()
    {
        using var server = new FakeServer(_ => new FakeAnswer(500, [], ("Retry-After", "0")));

        Assert.Contains(
            "m at 127.0.0.1: answers 500",
            (await Refused(server)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task The_key_is_sent_and_never_repeated()
    {
        using var server = new FakeServer(_ => new FakeAnswer(
            401,
            Encoding.UTF8.GetBytes(
                $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}"}}"""
            ),
            ("Content-Type", "application/json")
        ));

        var error = await Refused(server);

        Assert.Equal($"Bearer {Key}", server.Requests.First().Headers["Authorization"]);
        Assert.Contains("answers 401", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_only_this_machine_is_asked()
    {
        Environment.SetEnvironmentVariable("OPENAI_API_KEY", " ");

        Assert.Contains(
            "OPENAI_API_KEY is not set",
            Assert.Throws<InvalidOperationException>(() => new ServedModel("m")).Message,
            StringComparison.Ordinal
        );
        using var local = new ServedModel(
            "m",
            new() { BaseAddress = new("http://localhost:1/v1") }
        );
        Assert.False(ServedModel.HasKey);
    }

    [Fact]
    public async Task Too_few_vectors_are_an_error()
    {
        using var server = new FakeServer(_ => Answer([(0, [1, 1])]));

        Assert.EndsWith(
            "gives 1 vectors for 2 texts",
            (await Refused(server)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(-1, 0)]
    public async Task A_vector_for_another_text_is_an_error(int first, int second)
    {
        using var server = new FakeServer(_ => Answer([(first, [1, 1]), (second, [1, 1])]));

        Assert.Contains(
            "twice, or for one that was not asked",
            (await Refused(server)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Vectors_of_different_lengths_or_with_a_NaN_are_an_error()
    {
        using var uneven = new FakeServer(_ => Answer([(0, [1, 1]), (1, [1])]));
        Assert.EndsWith(
            "gives vectors of 2 and of 1 numbers",
            (await Refused(uneven)).Message,
            StringComparison.Ordinal
        );
        using var unreal = new FakeServer(_ => Answer([(0, [1, 1]), (1, [1, float.NaN])]));
        Assert.EndsWith(
            "gives NaN in the vector of text 1",
            (await Refused(unreal)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("{}")]
    [InlineData("""{"data":[{"index":0,"embedding":"%%%"}]}""")]
    public async Task An_answer_that_is_none_is_an_error(string body)
    {
        using var server = new FakeServer(_ => new FakeAnswer(200, Encoding.UTF8.GetBytes(body)));

        Assert.StartsWith(
            "m at 127.0.0.1:",
            (await Refused(server)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_is_silent_is_given_up()
    {
        using var server = new FakeServer(_ => new FakeAnswer(200, [])
        {
            Delay = TimeSpan.FromMinutes(1),
        });
        using var model = new ServedModel(
            "m",
            At(server) with
            {
                Timeout = TimeSpan.FromMilliseconds(100),
                Retries = 0,
            }
        );

        var error = await Assert.ThrowsAsync<ServedModelException>(() =>
            model.GenerateAsync(["a"])
        );

        Assert.StartsWith("m at 127.0.0.1:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_texts_ask_nothing()
    {
        using var server = new FakeServer(request => Honest(request));
        using var model = new ServedModel("m", At(server));

        Assert.Empty(await model.GenerateAsync([]));
        Assert.Empty(server.Requests);
    }
}
