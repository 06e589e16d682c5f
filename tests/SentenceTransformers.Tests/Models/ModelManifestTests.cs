namespace SentenceTransformers.Tests;

/// <summary>models.json: what it says of both kinds of models, and what it may not say.</summary>
public sealed class ModelManifestTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_bi_encoder_s_cosines_are_those_of_each_two_texts()
    {
        var example = Read("""{"texts": ["a", "b", "c"], "cosines": [0.1, 0.2, 0.3]}""");
        Assert.Equal(
            [new("a", "b", 0.1), new("a", "c", 0.2), new PublishedPair("b", "c", 0.3)],
            example.Pairs
        );
    }

    [Fact]
    public void A_cross_encoder_s_scores_are_those_of_its_pairs()
    {
        var example = Read(
            """{"pairs": [{"text": "a", "pair": "b", "score": 0.1}, {"text": "b", "pair": "a", "score": 0.2}]}"""
        );
        Assert.Equal([new("a", "b", 0.1), new PublishedPair("b", "a", 0.2)], example.Pairs);
    }

    [Theory]
    [InlineData(
        """{"texts": ["a", "b"], "cosines": []}""",
        "cosines: 0 for the 1 pairs of 2 texts"
    )]
    [InlineData("{}", "cosines: 0 for the 0 pairs of 0 texts")]
    [InlineData("""{"pairs": []}""", "pairs: expected at least one")]
    [InlineData("""{"pairs": [{"text": "a", "score": 1}]}""", "pairs[0].pair: missing")]
    [InlineData("""{"pairs": [{"text": "a", "pair": "b"}]}""", "pairs[0].score: missing")]
    public void Examples_that_say_too_little_are_refused_by_key(string example, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<ModelFormatException>(() => Read(example)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("""{"value": 1, "decimals": 1}""", "goals[0].at_least: missing")]
    [InlineData("""{"at_least": 1, "decimals": 1}""", "goals[0].value: missing")]
    [InlineData("""{"at_least": 1, "value": 1}""", "goals[0].decimals: missing")]
    public void Goals_that_say_too_little_are_refused_by_key(string goal, string message)
    {
        var path = folder.Write(
            "models.json",
            $$"""
            {"models": [{
              "name": "m", "kind": "bi-encoder", "description": "", "licence": "MIT", "max_tokens": 8, "source": "",
              "goals": [{"name": "g", {{goal[1..]}}]
            }]}
            """
        );
        Assert.Contains(
            message,
            Assert.Throws<ModelFormatException>(() => ModelManifest.Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    private ModelExample Read(string example)
    {
        var rest = """ "source": "here", "decimals": 1""";
        var path = folder.Write(
            "models.json",
            $$"""
            {"models": [{
              "name": "m", "kind": "cross-encoder", "description": "", "licence": "MIT", "max_tokens": 8, "source": "",
              "examples": [{{example[..^1]}}{{(example == "{}" ? "" : ",")}}{{rest}}}]
            }]}
            """
        );
        return ModelManifest.Read(path).Single().Examples.Single();
    }
}
