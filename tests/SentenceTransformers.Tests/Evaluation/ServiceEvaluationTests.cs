using Microsoft.Extensions.AI;

namespace SentenceTransformers.Tests;

/// <summary>Evaluators ask any embedding service what they ask our own models, by the same code.</summary>
public sealed class ServiceEvaluationTests : IClassFixture<EmbeddedModel>
{
    private static readonly string[] First =
    [
        "기차가 옵니다",
        "오늘 날씨가 좋아요",
        "잠이 안 와요",
    ];
    private static readonly string[] Second = ["열차가 와요", "하늘이 맑아요", "커피를 마셔요"];

    private readonly SentenceTransformer model;

    public ServiceEvaluationTests(EmbeddedModel model) => this.model = model.Model;

    [Fact]
    public async Task A_service_that_gives_our_vectors_gets_our_numbers()
    {
        using var service = new Service(texts => model.Encode(texts));
        var cancellation = TestContext.Current.CancellationToken;

        var similarity = new EmbeddingSimilarityEvaluator(First, Second, [1, 0.5, 0]);
        Assert.Equal(
            similarity.Evaluate(model),
            await similarity.EvaluateAsync(service, cancellation: cancellation)
        );
        var binary = new BinaryClassificationEvaluator(First, Second, [true, true, false]);
        Assert.Equal(
            binary.Evaluate(model),
            await binary.EvaluateAsync(service, cancellation: cancellation)
        );
        var triplets = new TripletEvaluator(First, Second, [.. Second.Reverse()]);
        Assert.Equal(
            triplets.Evaluate(model),
            await triplets.EvaluateAsync(service, cancellation: cancellation)
        );
        var reranking = new RerankingEvaluator([
            new RerankingSample(First[0], [Second[0]], [Second[1], Second[2]]),
            new RerankingSample(First[1], [Second[1]], [Second[0]]),
        ]);
        Assert.Equal(
            reranking.Evaluate(model),
            await reranking.EvaluateAsync(service, cancellation: cancellation)
        );
    }

    [Fact]
    public async Task Retrieval_reads_the_corpus_in_chunks_from_a_service_as_well()
    {
        var asked = new List<int>();
        using var service = new Service(texts =>
        {
            asked.Add(texts.Length);
            return model.Encode(texts);
        });
        var evaluator = new InformationRetrievalEvaluator(
            First.Index().ToDictionary(item => $"q{item.Index}", item => item.Item),
            Second.Index().ToDictionary(item => $"d{item.Index}", item => item.Item),
            Enumerable
                .Range(0, 3)
                .ToDictionary(
                    i => $"q{i}",
                    i => (IReadOnlySet<string>)new HashSet<string> { $"d{i}" }
                )
        )
        {
            CorpusChunkSize = 2,
        };
        var expected = Assert.Single(evaluator.Evaluate(model));
        var found = Assert.Single(
            await evaluator.EvaluateAsync(
                service,
                cancellation: TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(expected.MrrAt, found.MrrAt);
        Assert.Equal(expected.NdcgAt, found.NdcgAt);
        Assert.Equal([3, 2, 1], asked);
    }

    [Fact]
    public async Task Our_own_model_keeps_its_prompts_and_its_similarity()
    {
        var evaluator = new TripletEvaluator(First, Second, [.. Second.Reverse()]);
        Assert.Equal(
            evaluator.Evaluate(model),
            await evaluator.EvaluateAsync(
                model,
                cancellation: TestContext.Current.CancellationToken
            )
        );
    }

    [Fact]
    public async Task A_service_is_not_trusted()
    {
        await Refused(
            texts => [.. texts.Skip(1).Select(_ => new float[] { 1, 0 })],
            "Service gave 2 embeddings for 3 texts"
        );
        await Refused(
            texts => [.. texts.Select(_ => new[] { 1, float.NaN })],
            "Service gave NaN as number 1 of the embedding of text 0"
        );

        static async Task Refused(Func<string[], float[][]> encode, string message)
        {
            using var service = new Service(encode);
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
                new EmbeddingSimilarityEvaluator(First, Second, [1, 0.5, 0]).EvaluateAsync(
                    service,
                    cancellation: TestContext.Current.CancellationToken
                )
            );
            Assert.Equal(message, error.Message);
        }
    }

    private sealed class Service(Func<string[], float[][]> encode)
        : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values,
            EmbeddingGenerationOptions? options = null,
            CancellationToken cancellationToken = default
        ) =>
            Task.FromResult(
                new GeneratedEmbeddings<Embedding<float>>(
                    encode([.. values]).Select(vector => new Embedding<float>(vector))
                )
            );

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() { }
    }
}
