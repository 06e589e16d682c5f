namespace Workbook.CommandLine.Tests;

/// <summary>`models pull` against a hub on loopback that serves the embedded model as if it were somebody's.</summary>
public sealed class ModelPullCommandTests : IDisposable
{
    private readonly TemporaryFolder cache = new();
    private readonly FakeHub hub;

    public ModelPullCommandTests()
    {
        var folder = Path.Combine(Goldens.Repository, "models", "ko-mini");
        hub = new FakeHub(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(
                    file => Path.GetRelativePath(folder, file).Replace('\\', '/'),
                    File.ReadAllBytes
                )
        );
    }

    public void Dispose()
    {
        hub.Dispose();
        cache.Dispose();
    }

    private (string, string?)[] Environment =>
        [
            ("HF_ENDPOINT", hub.Endpoint.ToString()),
            ("HF_HUB_CACHE", cache.Path),
            ("HF_TOKEN", "hf_secret"),
            ("HF_HUB_OFFLINE", null),
        ];

    [Fact]
    public void A_pulled_model_encodes_by_its_id_as_the_embedded_one_does()
    {
        var pulled = Shell.Run($"models pull {FakeHub.Model}", environment: Environment);

        Assert.Equal(0, pulled.Code);
        Assert.Equal(
            [cache[Path.Combine("models--owner--model", "snapshots", hub.Commit)]],
            pulled.Lines
        );
        Assert.Contains("model.safetensors: 9.0 MB\n", pulled.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_secret", pulled.Error, StringComparison.Ordinal);
        var encoded = Shell.Run(
            $"encode --model {FakeHub.Model}",
            "졸음이 옵니다\n",
            environment: Environment
        );
        Assert.Equal(0, encoded.Code);
        Assert.Equal(Shell.Run("encode --model ko-mini", "졸음이 옵니다\n").Output, encoded.Output);
    }

    [Fact]
    public void A_model_that_was_not_pulled_is_one_line_that_says_how() =>
        Shell
            .Run($"encode --model {FakeHub.Model}", "x\n", environment: Environment)
            .AssertRefused(
                2,
                "no such folder, and no model of the hub that has been fetched (`models pull owner/model` fetches it)"
            );

    [Fact]
    public void A_model_that_the_hub_has_not_is_one_line() =>
        Shell
            .Run("models pull owner/other", environment: Environment)
            .AssertRefused(1, "owner/other: not on the hub (404)");

    [Fact]
    public void An_embedded_model_needs_no_pull()
    {
        var result = Shell.Run("models pull ko-mini", environment: Environment);

        Assert.Equal(0, result.Code);
        Assert.Contains("comes with the workbook", result.Error, StringComparison.Ordinal);
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public void A_model_of_the_list_that_was_not_fetched_is_one_line_that_says_how()
    {
        Shell
            .Run("encode --model kr-sbert", "x\n", environment: Environment)
            .AssertRefused(2, "kr-sbert: not fetched yet; `models pull kr-sbert` fetches it");
        Shell
            .Run("models verify kr-sbert", environment: Environment)
            .AssertRefused(2, "kr-sbert is not fetched yet");
        Assert.Contains(
            "\nkr-sbert\tbi-encoder\tnot fetched\t",
            Shell.Run("models list", environment: Environment).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_of_the_list_is_pulled_by_its_name_and_verified_against_what_was_published()
    {
        using var lecture = new FakeHub(hub, "snunlp/KR-SBERT-V40K-klueNLI-augSTS");
        var environment = Environment
            .Append(("HF_ENDPOINT", lecture.Endpoint.ToString()))
            .ToArray();

        Assert.Equal(0, Shell.Run("models pull kr-sbert", environment: environment).Code);

        // Not KR-SBERT's weights but the embedded model's: its numbers are not the lecture's, and that must be said.
        var verified = Shell.Run("models verify kr-sbert", environment: environment);
        Assert.Equal(1, verified.Code);
        Assert.Matches(@"0\.67\d\d\t0\.8007\t-0\.12\d\d\tthe lecture", verified.Output);
        Assert.Contains("DIFFERS", verified.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil", "is not a model's id on the hub")]
    [InlineData("owner/model@a@b", "expected NAME or NAME@REVISION")]
    [InlineData("owner/model@../x", "is not a branch, a tag or a commit")]
    public void A_name_that_is_none_is_a_usage_error(string name, string message) =>
        Shell.Run($"models pull {name}", environment: Environment).AssertRefused(2, message);
}
